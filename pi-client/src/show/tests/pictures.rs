//! Pictures are clips like films.

use api::hash::FileHash;
use api::play::Outcome;
use api::player::PassedOverReason;
use api::site::Screen;
use api::video::{Ground, VideoKind};

use super::{Stage, begun, ends, item, loop_of, picture};
use crate::show::view::ClipView;
use crate::show::{ClipState, Effect, View, Visibility};

fn views(stage: &Stage) -> (ClipView, ClipView) {
    match stage.show.view() {
        View::Playing {
            current,
            next: Some(next),
            ..
        } => (current, next),
        other => panic!("nothing plays: {other:?}"),
    }
}

#[test]
fn a_page_is_told_what_shows_a_clip_how_long_and_on_what() {
    let stage = Stage::with(&[picture(1, 10_000), item(2, 3_000)]);
    let (current, next) = views(&stage);
    assert_eq!(
        (current.kind, current.duration_ms, current.ground),
        (VideoKind::Picture, 10_000, Ground::White)
    );
    assert_eq!((next.kind, next.ground), (VideoKind::Film, Ground::Black));
    let view = serde_json::to_value(stage.show.view()).unwrap();
    assert_eq!(view["current"]["kind"], "picture");
    assert_eq!(view["current"]["ground"], "white");
}

#[test]
fn a_picture_shown_to_its_end_is_a_complete_play_between_films() {
    let mut stage = Stage::with(&[item(1, 2_000), picture(2, 10_000)]);
    let mut effects = Vec::new();
    for duration in [2_000, 10_000, 2_000] {
        effects.extend(stage.says(ClipState::Playing, 0));
        effects.extend(stage.play(0, duration));
        effects.extend(stage.says(ClipState::Ended, duration));
    }
    assert_eq!(begun(&effects), [1, 2, 1]);
    let complete = |shown| (shown, Outcome::Completed);
    let expected = [complete(2_000), complete(10_000), complete(2_000)];
    assert_eq!(ends(&effects), expected);
}

#[test]
fn a_single_picture_comes_again_under_another_name() {
    let mut stage = Stage::with(&[picture(1, 3_000)]);
    let mut names = Vec::new();
    for _ in 0..3 {
        names.push(stage.token());
        stage.says(ClipState::Playing, 0);
        stage.play(0, 3_000);
        let effects = stage.says(ClipState::Ended, 3_000);
        assert_eq!(ends(&effects), [(3_000, Outcome::Completed)]);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 3);
    let (current, next) = views(&stage);
    assert_ne!(current.src, next.src);
}

#[test]
fn a_picture_that_is_no_longer_drawn_plays_nothing() {
    let mut stage = Stage::with(&[picture(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 5_000);
    let frozen = stage.clip(ClipState::Playing, 5_000);
    let mut effects = Vec::new();
    for _ in 0..3 {
        effects.extend(stage.wait(900));
        effects.extend(stage.say(Visibility::Visible, Some(frozen)));
    }
    assert_eq!(ends(&effects), [(5_000, Outcome::Skipped)]);
}

#[test]
fn a_page_that_falls_silent_over_a_picture_ends_its_play() {
    let mut stage = Stage::with(&[picture(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 2_000);
    assert_eq!(stage.wait(2_900), []);
    assert_eq!(ends(&stage.wait(300)), [(2_000, Outcome::Skipped)]);
    stage.wait(5_000);
    assert_eq!(stage.screen(), Screen::Off);
}

#[test]
fn a_page_cannot_say_that_a_picture_stood_longer_than_it_did() {
    let mut stage = Stage::with(&[picture(1, 60_000)]);
    stage.says(ClipState::Playing, 0);
    stage.wait(1_000);
    let effects = stage.says(ClipState::Ended, 60_000);
    assert_eq!(ends(&effects), [(1_500, Outcome::Skipped)]);
}

#[test]
fn a_picture_that_cannot_be_decoded_is_passed_over_and_doubted() {
    let mut stage = Stage::with(&[picture(1, 5_000), picture(2, 5_000)]);
    let effects = stage.says(ClipState::Failed, 0);
    assert_eq!(effects, [Effect::Doubt(FileHash([1; 32]))]);
    let passed_over = stage.show.passed_over();
    assert_eq!(passed_over[0].reason, PassedOverReason::Unplayable);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [2]);
}

#[test]
fn another_duration_counts_from_the_next_showing_on_and_the_loop_goes_on() {
    let mut items = [picture(1, 10_000), picture(2, 10_000), item(3, 2_000)];
    let mut stage = Stage::with(&items);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 4_000);
    // As the player applies it: the same version, after the place that has begun.
    items[0].duration_ms = 3_000;
    items[1].duration_ms = 3_000;
    let mut changed = loop_of(1, &items);
    changed.start = 1;
    stage.show.apply(stage.now, changed);
    let mut effects = stage.play(4_000, 10_000);
    effects.extend(stage.says(ClipState::Ended, 10_000));
    effects.extend(stage.says(ClipState::Playing, 0));
    effects.extend(stage.play(0, 3_000));
    effects.extend(stage.says(ClipState::Ended, 3_000));
    assert_eq!(begun(&effects), [2]);
    let complete = |shown| (shown, Outcome::Completed);
    assert_eq!(ends(&effects), [complete(10_000), complete(3_000)]);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [3]);
}
