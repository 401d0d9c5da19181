//! What the TV shows: every decision, without a clock, a disk or a network.
//!
//! The page renders a [`View`] and reports frames; the caller passes the time and carries out
//! each [`Effect`] in order.

mod lease;
mod playlist;
mod showing;
#[cfg(test)]
mod tests;
mod view;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use api::hash::FileHash;
use api::id::PlayId;
use api::play::Outcome;
use api::player::{Downloads, PassedOver};

use lease::Lease;
pub(crate) use lease::{LeaseRefused, Visibility};
pub(crate) use playlist::{Clip, Loop};
use playlist::{OnScreen, Playlist};
pub(crate) use showing::Frames;
use showing::{SILENT, STALLED, Showing};
pub(crate) use view::{Backdrop, Pairing, Qr, View};

/// A visible page that shows no frame of a clip for this long cannot play it.
const PATIENCE: Duration = Duration::from_secs(10);
/// A running play notes how far it is each time this much more was shown, for the case of a power cut.
const NOTE: u64 = 10_000;
/// Pause before a loop of which no clip can be played is tried again.
const REST: Duration = Duration::from_secs(10);

/// What must be kept of a decision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Effect {
    /// A clip's first frame was rendered: its play begins.
    Begin(Clip),
    /// A play goes on.
    Progress {
        /// The play.
        id: PlayId,
        /// How long its clip was shown so far.
        shown_ms: u64,
    },
    /// A play ended.
    End {
        /// The play.
        id: PlayId,
        /// How long its clip was shown.
        shown_ms: u64,
        /// How it ended.
        outcome: Outcome,
    },
    /// The page cannot decode this file: its bytes deserve a look.
    Doubt(FileHash),
}

/// How the clip is, as its page says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ClipState {
    /// Loading or playing.
    Playing,
    /// At its end.
    Ended,
    /// The browser cannot play it.
    Failed,
}

/// What a page says of the clip that it was told to show.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ClipReport {
    /// Which showing.
    pub token: PlayId,
    /// How it is.
    pub state: ClipState,
    /// What was rendered.
    pub frames: Frames,
}

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct Show {
    playlist: Playlist,
    lease: Lease,
    showing: Option<Showing>,
    /// Since when a visible page has had the current clip without showing a frame of it.
    offered_at: Option<Instant>,
    resting_until: Option<Instant>,
    last_frame: Option<Instant>,
    backdrop: Backdrop,
    downloads: Downloads,
}

impl Show {
    /// A tab asks to speak for the screen: its secret, or nothing while another tab does.
    pub(crate) fn ask_lease(&mut self, now: Instant, visibility: Visibility) -> Option<String> {
        let secret = self.lease.ask(now, visibility)?;
        self.offered_at = None;
        Some(secret)
    }

    /// The tab that speaks for the screen is closed: what it played ends here.
    pub(crate) fn release(
        &mut self,
        now: Instant,
        secret: &str,
    ) -> Result<Vec<Effect>, LeaseRefused> {
        self.lease.free(secret)?;
        Ok(self.leave(now))
    }

    /// The page says how it is.
    pub(crate) fn report(
        &mut self,
        now: Instant,
        secret: &str,
        visibility: Visibility,
        clip: Option<ClipReport>,
    ) -> Result<Vec<Effect>, LeaseRefused> {
        self.lease.hear(now, secret, visibility)?;
        let mut effects = Vec::new();
        let current = self.playlist.current().map(|clip| clip.token);
        if let Some(report) = clip.filter(|report| Some(report.token) == current)
            && self.resting_until.is_none()
            // A page that nobody sees may end what was seen, but begins nothing.
            && (visibility == Visibility::Visible || self.showing.is_some())
        {
            effects.extend(self.follow(now, report));
        }
        match visibility {
            Visibility::Hidden => effects.extend(self.leave(now)),
            Visibility::Visible => _ = self.offered_at.get_or_insert(now),
        }
        Ok(effects)
    }

    /// Time passes: notices pages that fell silent, clips that never start, the end of a rest.
    pub(crate) fn tick(&mut self, now: Instant) -> Vec<Effect> {
        if self.lease.visibility(now) != Some(Visibility::Visible) {
            return self.leave(now);
        }
        if self.resting_until.is_some_and(|until| now >= until) {
            self.resting_until = None;
            self.playlist.forgive(now);
            self.offered_at = Some(now);
        }
        if let Some(showing) = &self.showing {
            let silent = showing.frozen(now, SILENT);
            return if silent {
                self.end(now, Outcome::Skipped)
            } else {
                Vec::new()
            };
        }
        let offered = self.resting_until.is_none() && self.playlist.current().is_some();
        let waited = self.offered_at.map(|since| now.duration_since(since));
        if offered && waited > Some(PATIENCE) {
            return self.give_up(now);
        }
        Vec::new()
    }

    /// A configuration is ready: the clip on screen ends, then its loop starts. A loop that runs
    /// already goes on where it is.
    pub(crate) fn apply(&mut self, now: Instant, new: Loop) {
        if self.playlist.runs(&new) {
            return;
        }
        let begun = self.showing.is_some();
        let on_screen = if begun {
            OnScreen::Finish
        } else {
            OnScreen::Replace
        };
        self.playlist.replace(now, new, on_screen);
        self.resting_until = None;
        if !begun {
            self.offered_at = self.offered_at.map(|_| now);
        }
    }

    /// These files of the loop are not here: their clips are passed over.
    pub(crate) fn set_missing(&mut self, now: Instant, missing: HashSet<FileHash>) {
        let token = |playlist: &Playlist| playlist.current().map(|clip| clip.token);
        let before = token(&self.playlist);
        if self.playlist.set_missing(now, missing) {
            self.resting_until = None;
        }
        if self.showing.is_none() && !self.playlist.has_current() {
            self.playlist.advance(now);
        }
        if token(&self.playlist) != before {
            self.offered_at = self.offered_at.map(|_| now);
        }
    }

    /// The videos of the loop that are not shown.
    pub(crate) fn passed_over(&self) -> Vec<PassedOver> {
        self.playlist.passed_over()
    }

    /// What stands behind the loop.
    pub(crate) fn set_backdrop(&mut self, backdrop: Backdrop) {
        self.backdrop = backdrop;
    }

    /// What is being fetched.
    pub(crate) fn set_downloads(&mut self, downloads: Downloads) {
        self.downloads = downloads;
    }

    /// The player stops: the running play ends with what was shown.
    pub(crate) fn stop(&mut self, now: Instant) -> Vec<Effect> {
        self.leave(now)
    }

    /// The page reports on the current clip.
    fn follow(&mut self, now: Instant, report: ClipReport) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.showing.is_none() {
            if report.frames.presented == 0 || report.state == ClipState::Failed {
                // Ended or failed without a single frame: nothing began.
                return match report.state {
                    ClipState::Playing => effects,
                    ClipState::Ended | ClipState::Failed => self.give_up(now),
                };
            }
            effects.extend(self.begin(now, report.frames));
        }
        let Some(showing) = &mut self.showing else {
            return effects;
        };
        if report.state == ClipState::Ended {
            showing.reach_end(now, report.frames);
        } else {
            showing.progress(now, report.frames);
        }
        let frozen = showing.frozen(now, STALLED);
        self.last_frame = Some(showing.last_frame());
        match report.state {
            ClipState::Ended => effects.extend(self.end(now, Outcome::Skipped)),
            ClipState::Failed => {
                effects.extend(self.doubt());
                effects.extend(self.end(now, Outcome::Error));
            }
            ClipState::Playing if frozen => effects.extend(self.end(now, Outcome::Skipped)),
            ClipState::Playing => effects.extend(self.note()),
        }
        effects
    }

    fn note(&mut self) -> Option<Effect> {
        let id = self.playlist.current()?.token;
        let shown_ms = self.showing.as_mut()?.take_note(NOTE)?;
        Some(Effect::Progress { id, shown_ms })
    }

    fn begin(&mut self, now: Instant, frames: Frames) -> Option<Effect> {
        let clip = self.playlist.current()?;
        self.showing = Some(Showing::begin(now, clip.item.duration_ms, frames));
        Some(Effect::Begin(clip.clone()))
    }

    /// The running play ends, the next clip is offered.
    fn end(&mut self, now: Instant, otherwise: Outcome) -> Vec<Effect> {
        let (Some(showing), Some(clip)) = (self.showing.take(), self.playlist.current()) else {
            return Vec::new();
        };
        let id = clip.token;
        let outcome = showing.outcome(otherwise);
        if showing.was_worth_it(outcome) {
            self.playlist.praise();
            self.go_on(now);
        } else {
            self.fail(now);
        }
        vec![Effect::End {
            id,
            shown_ms: showing.shown_ms(),
            outcome,
        }]
    }

    /// Nobody sees the screen any more: the running play ends, and the clip says nothing bad.
    fn leave(&mut self, now: Instant) -> Vec<Effect> {
        self.offered_at = None;
        self.last_frame = None;
        let (Some(showing), Some(clip)) = (self.showing.take(), self.playlist.current()) else {
            return Vec::new();
        };
        let end = Effect::End {
            id: clip.token,
            shown_ms: showing.shown_ms(),
            outcome: showing.outcome(Outcome::Skipped),
        };
        self.playlist.advance(now);
        vec![end]
    }

    /// The current clip never showed a frame.
    fn give_up(&mut self, now: Instant) -> Vec<Effect> {
        let doubt = self.doubt();
        self.fail(now);
        doubt.into_iter().collect()
    }

    fn doubt(&self) -> Option<Effect> {
        let clip = self.playlist.current()?;
        Some(Effect::Doubt(clip.item.sha256))
    }

    fn fail(&mut self, now: Instant) {
        if self.playlist.failed(now) {
            self.resting_until = Some(now + REST);
        }
        self.go_on(now);
    }

    fn go_on(&mut self, now: Instant) {
        self.playlist.advance(now);
        self.offered_at = Some(now);
    }
}
