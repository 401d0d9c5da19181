//! What comes after what.

use std::collections::HashSet;
use std::time::Instant;

use api::hash::FileHash;
use api::play::Outcome;
use api::player::PassedOverReason;
use api::site::Screen;

use super::{Stage, begun, ends, item, loop_of};
use crate::show::view::Pause;
use crate::show::{Backdrop, ClipState, Effect, Pairing, Qr, Show, View, Visibility};

#[test]
fn the_loop_goes_round_in_order_and_each_clip_is_one_complete_play() {
    let mut stage = Stage::with(&[item(1, 3_000), item(2, 2_000)]);
    let mut effects = Vec::new();
    for duration in [3_000, 2_000, 3_000] {
        effects.extend(stage.says(ClipState::Playing, 0));
        effects.extend(stage.play(0, duration));
        effects.extend(stage.says(ClipState::Ended, duration));
    }
    assert_eq!(begun(&effects), [1, 2, 1]);
    let complete = |shown| (shown, Outcome::Completed);
    assert_eq!(
        ends(&effects),
        [complete(3_000), complete(2_000), complete(3_000)]
    );
}

#[test]
fn the_next_clip_is_named_in_advance_and_keeps_its_name() {
    let mut stage = Stage::with(&[item(1, 1_000), item(2, 1_000)]);
    let View::Playing { next, .. } = stage.show.view() else {
        panic!()
    };
    stage.says(ClipState::Playing, 0);
    stage.play(0, 1_000);
    stage.says(ClipState::Ended, 1_000);
    assert_eq!(Some(stage.token()), next.map(|clip| clip.token));
}

#[test]
fn a_new_configuration_lets_the_clip_end_and_starts_with_its_first_video() {
    let mut stage = Stage::with(&[item(1, 2_000), item(2, 2_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 1_000);
    let running = stage.token();
    stage
        .show
        .apply(stage.now, loop_of(2, &[item(7, 2_000), item(8, 2_000)]));
    assert_eq!(stage.token(), running);
    let mut effects = stage.play(1_000, 2_000);
    effects.extend(stage.says(ClipState::Ended, 2_000));
    assert_eq!(ends(&effects), [(2_000, Outcome::Completed)]);
    let effects = stage.says(ClipState::Playing, 0);
    assert_eq!(begun(&effects), [7]);
    assert!(matches!(&effects[..], [Effect::Begin(clip)] if clip.configuration_version == 2));
}

#[test]
fn a_clip_that_nobody_saw_yet_makes_way_for_a_new_configuration_at_once() {
    let mut stage = Stage::with(&[item(1, 2_000)]);
    stage.show.apply(stage.now, loop_of(2, &[item(7, 2_000)]));
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [7]);
}

#[test]
fn an_empty_configuration_empties_the_screen_after_the_clip() {
    let mut stage = Stage::with(&[item(1, 2_000)]);
    stage.says(ClipState::Playing, 0);
    stage.show.apply(stage.now, loop_of(2, &[]));
    stage.play(0, 2_000);
    stage.says(ClipState::Ended, 2_000);
    let idle = View::Idle {
        site_name: "Rennes".to_owned(),
        pause: Pause::Nothing,
    };
    assert_eq!(stage.show.view(), idle);
    assert_eq!(stage.screen(), Screen::Empty);
}

#[test]
fn a_clip_that_cannot_be_played_is_passed_over_without_a_play() {
    let mut stage = Stage::with(&[item(1, 2_000), item(2, 2_000)]);
    let effects = stage.says(ClipState::Failed, 0);
    assert_eq!(effects, [Effect::Doubt(FileHash([1; 32]))]);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [2]);
}

#[test]
fn a_clip_without_a_frame_for_ten_seconds_is_passed_over() {
    let mut stage = Stage::with(&[item(1, 2_000), item(2, 2_000)]);
    let first = stage.token();
    for _ in 0..10 {
        stage.wait(1_000);
        stage.say(Visibility::Visible, None);
    }
    assert_eq!(stage.token(), first);
    stage.wait(1_000);
    assert_ne!(stage.token(), first);
}

#[test]
fn a_loop_of_broken_clips_rests_before_it_is_tried_again() {
    let mut stage = Stage::with(&[item(1, 2_000), item(2, 2_000)]);
    stage.says(ClipState::Failed, 0);
    stage.says(ClipState::Failed, 0);
    let View::Idle { pause, .. } = stage.show.view() else {
        panic!("a broken loop must not be played in a circle")
    };
    assert_eq!(pause, Pause::Unplayable);
    assert_eq!(stage.screen(), Screen::Empty);
    for _ in 0..11 {
        stage.wait(1_000);
        stage.say(Visibility::Visible, None);
    }
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [1]);
}

#[test]
fn a_clip_that_failed_is_left_alone_for_a_while_and_named() {
    let mut stage = Stage::with(&[item(1, 2_000), item(2, 2_000)]);
    stage.says(ClipState::Failed, 0);
    let passed_over = stage.show.passed_over();
    assert_eq!(passed_over.len(), 1);
    assert_eq!(passed_over[0].reason, PassedOverReason::Unplayable);
    let mut begun_clips = Vec::new();
    for _ in 0..40 {
        begun_clips.extend(begun(&stage.says(ClipState::Playing, 0)));
        stage.play(0, 2_000);
        stage.says(ClipState::Ended, 2_000);
    }
    let tried_again = begun_clips.iter().position(|clip| *clip == 1).unwrap();
    assert!(
        (28..33).contains(&tried_again),
        "after a minute: {tried_again}"
    );
    assert_eq!(stage.show.passed_over(), [], "it plays again");
}

#[test]
fn a_missing_clip_is_passed_over_until_it_is_back() {
    let mut stage = Stage::with(&[item(1, 2_000), item(2, 2_000), item(3, 2_000)]);
    let missing = HashSet::from([FileHash([1; 32]), FileHash([2; 32])]);
    stage.show.set_missing(stage.now, missing);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [3]);
    assert_eq!(stage.show.passed_over().len(), 2);
    stage.show.set_missing(stage.now, HashSet::new());
    stage.play(0, 2_000);
    stage.says(ClipState::Ended, 2_000);
    // What was drawn before it was back is kept.
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [3]);
    stage.play(0, 2_000);
    stage.says(ClipState::Ended, 2_000);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [1]);
}

#[test]
fn a_loop_without_any_file_waits_with_words() {
    let mut stage = Stage::with(&[item(1, 2_000)]);
    let missing = HashSet::from([FileHash([1; 32])]);
    stage.show.set_missing(stage.now, missing);
    let View::Idle { pause, .. } = stage.show.view() else {
        panic!("there is nothing to play")
    };
    assert_eq!(pause, Pause::Unplayable);
    stage.wait(60_000);
    stage.say(Visibility::Visible, None);
    stage.show.set_missing(stage.now, HashSet::new());
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [1]);
}

#[test]
fn a_loop_starts_where_it_is_told_and_is_not_started_twice() {
    let mut stage = Stage::with(&[]);
    let items = [item(1, 2_000), item(2, 2_000), item(3, 2_000)];
    let mut late = loop_of(2, &items);
    late.start = 2;
    stage.show.apply(stage.now, late);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [3]);
    let before = stage.show.view();
    stage.show.apply(stage.now, loop_of(2, &items));
    assert_eq!(stage.show.view(), before);
    let mut beyond = loop_of(3, &items);
    beyond.start = 4;
    stage.show.apply(stage.now, beyond);
    stage.play(0, 2_000);
    stage.says(ClipState::Ended, 2_000);
    assert_eq!(begun(&stage.says(ClipState::Playing, 0)), [2]);
}

#[test]
fn clips_that_end_at_once_do_not_make_a_flood_of_plays() {
    let mut stage = Stage::with(&[item(1, 30_000)]);
    stage.says(ClipState::Playing, 0);
    stage.says(ClipState::Ended, 40);
    assert!(matches!(stage.show.view(), View::Idle { .. }));
}

#[test]
fn the_pairing_page_gives_way_to_what_can_be_played() {
    let mut show = Show::default();
    assert_eq!(show.view(), View::Starting);
    let pairing = Pairing {
        code: "KXPT-DRWM".to_owned(),
        words: ["tilleul".to_owned(), "marée".to_owned()],
        qr: Qr {
            size: 0,
            path: String::new(),
        },
    };
    show.set_backdrop(Backdrop::Pairing(pairing.clone()));
    assert_eq!(show.view(), View::Pairing(pairing.clone()));
    show.apply(Instant::now(), loop_of(1, &[item(1, 1_000)]));
    let View::Playing { pairing: shown, .. } = show.view() else {
        panic!()
    };
    assert_eq!(shown, Some(pairing));
}
