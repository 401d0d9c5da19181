//! What counts as shown.

use api::hash::FileHash;
use api::id::PlayId;
use api::play::Outcome;
use api::site::Screen;

use super::{Stage, begun, ends, item};
use crate::show::{ClipReport, ClipState, Effect, Frames, LeaseRefused, Visibility};

#[test]
fn a_play_begins_at_the_first_frame_and_not_before() {
    let mut stage = Stage::with(&[item(1, 3_000)]);
    let nothing_yet = ClipReport {
        token: stage.token(),
        state: ClipState::Playing,
        frames: Frames {
            presented: 0,
            media_ms: 0,
        },
    };
    assert_eq!(stage.say(Visibility::Visible, Some(nothing_yet)), []);
    assert_eq!(stage.screen(), Screen::Off);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [1]);
    assert_eq!(stage.screen(), Screen::Playing);
}

#[test]
fn an_end_that_comes_too_early_counts_only_the_time_that_passed() {
    let mut stage = Stage::with(&[item(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.wait(1_000);
    let effects = stage.says(ClipState::Ended, 30_000);
    assert_eq!(ends(&effects), [(1_500, Outcome::Skipped)]);
}

#[test]
fn a_report_on_another_showing_changes_nothing() {
    let mut stage = Stage::with(&[item(1, 3_000)]);
    stage.says(ClipState::Playing, 0);
    let before = stage.show.view();
    let mut forged = stage.clip(ClipState::Ended, 3_000);
    forged.token = PlayId::new();
    assert_eq!(stage.say(Visibility::Visible, Some(forged)), []);
    assert_eq!(stage.show.view(), before);
}

#[test]
fn a_page_without_the_lease_is_refused_and_changes_nothing() {
    let mut stage = Stage::with(&[item(1, 3_000)]);
    stage.says(ClipState::Playing, 0);
    let before = stage.show.view();
    let ended = stage.clip(ClipState::Ended, 3_000);
    let answer = stage
        .show
        .report(stage.now, "guess", Visibility::Visible, Some(ended));
    assert_eq!(answer, Err(LeaseRefused));
    assert_eq!(stage.show.release(stage.now, "guess"), Err(LeaseRefused));
    assert_eq!(stage.show.view(), before);
}

#[test]
fn a_second_tab_gets_the_screen_only_when_the_first_is_silent_or_closed() {
    let mut stage = Stage::with(&[item(1, 30_000)]);
    let ask = |stage: &mut Stage| stage.show.ask_lease(stage.now, Visibility::Visible);
    assert_eq!(ask(&mut stage), None);
    stage.wait(4_000);
    stage.say(Visibility::Visible, None);
    stage.wait(4_000);
    assert_eq!(ask(&mut stage), None);
    stage.wait(1_500);
    let unseen = stage.show.ask_lease(stage.now, Visibility::Hidden);
    assert_eq!(unseen, None, "a tab in the background is left alone");
    let second = ask(&mut stage).unwrap();
    let first = stage.lease.clone();
    let report = |stage: &mut Stage, lease: &str| {
        let now = stage.now;
        stage.show.report(now, lease, Visibility::Visible, None)
    };
    assert_eq!(report(&mut stage, &first), Err(LeaseRefused));
    assert!(stage.show.release(stage.now, &second).is_ok());
    assert!(
        ask(&mut stage).is_some(),
        "a closed tab frees the screen at once"
    );
}

#[test]
fn a_hidden_page_ends_the_play_and_begins_none() {
    let mut stage = Stage::with(&[item(1, 30_000), item(2, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 4_000);
    let clip = stage.clip(ClipState::Playing, 4_200);
    stage.wait(200);
    let effects = stage.say(Visibility::Hidden, Some(clip));
    assert_eq!(ends(&effects), [(4_200, Outcome::Skipped)]);
    assert_eq!(stage.screen(), Screen::Off);

    let clip = stage.clip(ClipState::Playing, 1_000);
    assert_eq!(stage.say(Visibility::Hidden, Some(clip)), []);
    assert_eq!(stage.wait(4_900), []);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [2]);
}

#[test]
fn a_page_that_shows_no_new_frame_plays_nothing() {
    let mut stage = Stage::with(&[item(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 5_000);
    let frozen = stage.clip(ClipState::Playing, 5_000);
    let mut effects = Vec::new();
    for _ in 0..3 {
        effects.extend(stage.wait(900));
        effects.extend(stage.say(Visibility::Visible, Some(frozen)));
    }
    assert_eq!(ends(&effects), [(5_000, Outcome::Skipped)]);
    stage.wait(1_000);
    assert_eq!(stage.screen(), Screen::Off);
}

#[test]
fn sound_that_goes_on_over_a_frozen_picture_is_not_shown_time() {
    let mut stage = Stage::with(&[item(1, 10_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 2_000);
    stage.wait(1_500);
    let mut frozen = stage.clip(ClipState::Playing, 2_000);
    frozen.frames.media_ms = 3_500;
    stage.say(Visibility::Visible, Some(frozen));
    stage.wait(1_000);
    let effects = stage.say(Visibility::Visible, Some(frozen));
    assert_eq!(ends(&effects), [(2_000, Outcome::Skipped)]);
}

#[test]
fn a_page_that_falls_silent_ends_its_play() {
    let mut stage = Stage::with(&[item(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 2_000);
    assert_eq!(stage.wait(2_900), []);
    assert_eq!(ends(&stage.wait(300)), [(2_000, Outcome::Skipped)]);
    stage.wait(5_000);
    assert_eq!(stage.screen(), Screen::Off);
}

#[test]
fn closing_the_tab_ends_the_play() {
    let mut stage = Stage::with(&[item(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 2_000);
    let lease = stage.lease.clone();
    let effects = stage.show.release(stage.now, &lease).unwrap();
    assert_eq!(ends(&effects), [(2_000, Outcome::Skipped)]);
    assert_eq!(stage.screen(), Screen::Off);
}

#[test]
fn almost_everything_shown_is_complete_whatever_ended_it() {
    let mut stage = Stage::with(&[item(1, 10_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 9_500);
    assert_eq!(
        ends(&stage.show.stop(stage.now)),
        [(9_500, Outcome::Completed)]
    );
}

#[test]
fn a_clip_that_fails_half_way_is_a_play_in_error() {
    let mut stage = Stage::with(&[item(1, 5_000), item(2, 2_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 2_000);
    let effects = stage.says(ClipState::Failed, 2_000);
    assert_eq!(ends(&effects), [(2_000, Outcome::Error)]);
    assert!(effects.contains(&Effect::Doubt(FileHash([1; 32]))));
}

#[test]
fn a_long_play_notes_how_far_it_is() {
    let mut stage = Stage::with(&[item(1, 60_000)]);
    stage.says(ClipState::Playing, 0);
    let effects = stage.play(0, 35_000);
    let noted: Vec<u64> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Progress { shown_ms, .. } => Some(*shown_ms),
            _ => None,
        })
        .collect();
    assert_eq!(noted, [10_000, 20_000, 30_000]);
}
