mod counting;
mod order;
mod pictures;

use std::time::{Duration, Instant};

use api::configuration::LoopItem;
use api::hash::FileHash;
use api::id::{PlayId, VideoId};
use api::play::Outcome;
use api::site::Screen;
use api::video::{Ground, VideoKind};

use super::{Backdrop, ClipReport, ClipState, Effect, Frames, Loop, Show, View, Visibility};

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
        kind: VideoKind::Film,
        ground: Ground::Black,
    }
}

fn picture(number: u8, duration_ms: u64) -> LoopItem {
    LoopItem {
        kind: VideoKind::Picture,
        ground: Ground::White,
        ..item(number, duration_ms)
    }
}

fn loop_of(configuration_version: i32, items: &[LoopItem]) -> Loop {
    Loop {
        configuration_version,
        items: items.to_vec(),
        start: 0,
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
