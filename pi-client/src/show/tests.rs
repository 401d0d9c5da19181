use std::time::{Duration, Instant};

use api::configuration::LoopItem;
use api::hash::FileHash;
use api::id::{PlayId, VideoId};
use api::play::Outcome;
use api::site::Screen;

use super::{
    Backdrop, ClipReport, ClipState, Effect, Frames, LeaseRefused, Loop, Pause, Show, View,
    Visibility,
};

/// A show with a page, and a clock that only the test moves.
struct Stage {
    show: Show,
    now: Instant,
    lease: String,
}

impl Stage {
    fn with(items: &[LoopItem]) -> Self {
        let now = Instant::now();
        let mut show = Show::default();
        show.set_backdrop(Backdrop::Linked {
            site_name: "Rennes".to_owned(),
        });
        show.apply(now, loop_of(1, items));
        let lease = show.ask_lease(now, Visibility::Visible).unwrap();
        let mut stage = Self { show, now, lease };
        stage.say(Visibility::Visible, None);
        stage
    }

    fn wait(&mut self, milliseconds: u64) -> Vec<Effect> {
        self.now += Duration::from_millis(milliseconds);
        self.show.tick(self.now)
    }

    fn say(&mut self, visibility: Visibility, clip: Option<ClipReport>) -> Vec<Effect> {
        self.show
            .report(self.now, &self.lease, visibility, clip)
            .unwrap()
    }

    fn token(&self) -> PlayId {
        match self.show.view() {
            View::Playing { current, .. } => current.token,
            other => panic!("nothing plays: {other:?}"),
        }
    }

    fn clip(&self, state: ClipState, media_ms: u64) -> ClipReport {
        ClipReport {
            token: self.token(),
            state,
            frames: Frames {
                presented: media_ms / 40 + u64::from(state != ClipState::Failed),
                media_ms,
            },
        }
    }

    fn says(&mut self, state: ClipState, media_ms: u64) -> Vec<Effect> {
        let clip = self.clip(state, media_ms);
        self.say(Visibility::Visible, Some(clip))
    }

    /// Plays from where the clip is up to `to`, second by second as a page does.
    fn play(&mut self, from: u64, to: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut at = from;
        while at < to {
            let step = (to - at).min(1_000);
            at += step;
            effects.extend(self.wait(step));
            effects.extend(self.says(ClipState::Playing, at));
        }
        effects
    }

    fn screen(&self) -> Screen {
        self.show.screen(self.now).screen
    }
}

fn item(number: u8, duration_ms: u64) -> LoopItem {
    LoopItem {
        video_id: VideoId::new(),
        sha256: FileHash([number; 32]),
        name: format!("Clip {number}"),
        duration_ms,
    }
}

fn loop_of(configuration_version: i32, items: &[LoopItem]) -> Loop {
    Loop {
        configuration_version,
        items: items.to_vec(),
    }
}

fn ends(effects: &[Effect]) -> Vec<(u64, Outcome)> {
    let end = |effect: &Effect| match effect {
        Effect::End {
            shown_ms, outcome, ..
        } => Some((*shown_ms, *outcome)),
        _ => None,
    };
    effects.iter().filter_map(end).collect()
}

fn begun(effects: &[Effect]) -> Vec<u8> {
    let begin = |effect: &Effect| match effect {
        Effect::Begin(clip) => Some(clip.item.sha256.0[0]),
        _ => None,
    };
    effects.iter().filter_map(begin).collect()
}

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
    assert_eq!(stage.show.release("guess"), Err(LeaseRefused));
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
    assert!(stage.show.release(&second).is_ok());
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
    let effects = stage.show.release(&lease).unwrap();
    assert_eq!(ends(&effects), [(2_000, Outcome::Skipped)]);
    assert_eq!(stage.screen(), Screen::Off);
}

#[test]
fn almost_everything_shown_is_complete_whatever_ended_it() {
    let mut stage = Stage::with(&[item(1, 10_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 9_500);
    assert_eq!(ends(&stage.show.stop()), [(9_500, Outcome::Completed)]);
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
fn a_clip_that_fails_half_way_is_a_play_in_error() {
    let mut stage = Stage::with(&[item(1, 5_000), item(2, 2_000)]);
    stage.says(ClipState::Playing, 0);
    stage.play(0, 2_000);
    let effects = stage.says(ClipState::Failed, 2_000);
    assert_eq!(ends(&effects), [(2_000, Outcome::Error)]);
    assert!(effects.contains(&Effect::Doubt(FileHash([1; 32]))));
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
    let pairing = super::Pairing {
        code: "KXPT-DRWM".to_owned(),
        words: ["tilleul".to_owned(), "marée".to_owned()],
        qr: super::Qr {
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
