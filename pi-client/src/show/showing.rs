//! How much of a clip was really shown: what the page claims, bounded by the time that passed.

use std::time::{Duration, Instant};

use api::play::Outcome;

/// A visible page without a new frame for this long shows a frozen picture.
pub(super) const STALLED: Duration = Duration::from_secs(2);
/// A page that says nothing for this long is as good as frozen; above one lost report.
pub(super) const SILENT: Duration = Duration::from_secs(3);
/// How late the report of the first frame may come compared with later ones.
const TOLERANCE: Duration = Duration::from_millis(500);
/// A showing below this length says nothing good of its clip.
const WORTH: u64 = 1_000;

/// What a page says of the clip that it shows. Each report describes the whole state,
/// so that a lost one loses nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Frames {
    /// Frames presented since the clip was loaded.
    pub presented: u64,
    /// Where in the clip the last one lies.
    pub media_ms: u64,
}

/// A clip on screen, from its first frame on.
#[derive(Debug)]
pub(super) struct Showing {
    began: Instant,
    last_frame: Instant,
    frames: Frames,
    claimed_ms: u64,
    shown_ms: u64,
    noted_ms: u64,
    duration_ms: u64,
}

impl Showing {
    /// The first frame was rendered.
    pub(super) fn begin(now: Instant, duration_ms: u64, frames: Frames) -> Self {
        let mut showing = Self {
            began: now,
            last_frame: now,
            frames,
            claimed_ms: frames.media_ms,
            shown_ms: 0,
            noted_ms: 0,
            duration_ms,
        };
        showing.bound(now);
        showing
    }

    /// The page went on. Time without a new frame is not credited.
    pub(super) fn progress(&mut self, now: Instant, frames: Frames) {
        if frames.presented > self.frames.presented {
            self.last_frame = now;
            self.claim(now, frames);
        }
    }

    /// The clip reached its end; its last frame stood until then.
    pub(super) fn reach_end(&mut self, now: Instant, frames: Frames) {
        let stood = frames.media_ms.saturating_sub(self.frames.media_ms);
        if frames.presented > self.frames.presented {
            self.last_frame = now;
        }
        if self.last_frame == now || u128::from(stood) <= STALLED.as_millis() {
            self.claim(now, frames);
        }
    }

    /// When the first frame was reported.
    pub(super) fn began(&self) -> Instant {
        self.began
    }

    /// When the last new frame was reported.
    pub(super) fn last_frame(&self) -> Instant {
        self.last_frame
    }

    /// Whether the picture has stood still for longer than `limit`.
    pub(super) fn frozen(&self, now: Instant, limit: Duration) -> bool {
        now.duration_since(self.last_frame) > limit
    }

    /// Where the page said that the clip is.
    pub(super) fn position_ms(&self) -> u64 {
        self.frames.media_ms.min(self.duration_ms)
    }

    /// How long the clip was really shown.
    pub(super) fn shown_ms(&self) -> u64 {
        self.shown_ms
    }

    /// How long the clip was shown, when that is `step` more than was noted.
    pub(super) fn take_note(&mut self, step: u64) -> Option<u64> {
        if self.shown_ms < self.noted_ms + step {
            return None;
        }
        self.noted_ms = self.shown_ms;
        Some(self.shown_ms)
    }

    /// The outcome: complete when enough was shown, whatever ended it, else `otherwise`.
    pub(super) fn outcome(&self, otherwise: Outcome) -> Outcome {
        match Outcome::of_shown(self.shown_ms, self.duration_ms) {
            Outcome::Completed => Outcome::Completed,
            _ => otherwise,
        }
    }

    /// Whether it was long enough to say that the clip works.
    pub(super) fn was_worth_it(&self, outcome: Outcome) -> bool {
        outcome == Outcome::Completed || (outcome == Outcome::Skipped && self.shown_ms >= WORTH)
    }

    fn claim(&mut self, now: Instant, frames: Frames) {
        let more = frames.media_ms.saturating_sub(self.frames.media_ms);
        self.claimed_ms = self.claimed_ms.saturating_add(more);
        self.frames = frames;
        self.bound(now);
    }

    fn bound(&mut self, now: Instant) {
        let passed = now.duration_since(self.began) + TOLERANCE;
        let passed_ms = u64::try_from(passed.as_millis()).unwrap_or(u64::MAX);
        self.claimed_ms = self.claimed_ms.min(passed_ms);
        self.shown_ms = self.claimed_ms.min(self.duration_ms);
    }
}
