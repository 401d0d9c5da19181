//! The screen as the rest of the player sees it: the show with a clock, a lock and a memory.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use api::hash::FileHash;
use api::id::BootId;
use api::play::{Clock as Knowledge, Outcome, Play};
use api::player::{Downloads, PassedOver, ScreenReport};
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use tokio::sync::{Notify, mpsc};

use crate::clock::Clock;
use crate::recorder::Recorder;
use crate::show::{Backdrop, Clip, ClipReport, Effect, LeaseRefused, Loop, Show, View, Visibility};
use crate::spool::Record;

/// A shared handle on the screen. No call waits for a disk or a network.
#[derive(Clone)]
pub(crate) struct Screen {
    shared: Arc<Shared>,
}

struct Shared {
    boot_id: BootId,
    /// Time and decisions change together: a play is either stamped before the clock was put
    /// right, and corrected, or after.
    state: Mutex<State>,
    news: Notify,
    doubts: mpsc::UnboundedSender<FileHash>,
    /// How far the machine's clock is moved: tests move it.
    moved: TimeDelta,
}

struct State {
    show: Show,
    clock: Clock,
    recorder: Option<Recorder>,
    plays: u64,
    shown: ScreenReport,
}

impl Screen {
    /// The screen of this run, that starts `moved` from the machine's time and after a time that
    /// has `passed`. Files that the page cannot decode are named on `doubts`.
    pub(crate) fn new(
        boot_id: BootId,
        recorder: Recorder,
        doubts: mpsc::UnboundedSender<FileHash>,
        moved: TimeDelta,
        passed: Option<DateTime<Utc>>,
    ) -> Self {
        let state = State {
            show: Show::default(),
            clock: Clock::start(Instant::now(), Utc::now() + moved, passed),
            recorder: Some(recorder),
            plays: 0,
            shown: ScreenReport::default(),
        };
        let shared = Shared {
            boot_id,
            state: Mutex::new(state),
            news: Notify::new(),
            doubts,
            moved,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// A tab asks to speak for the screen.
    pub(crate) fn ask_lease(&self, visibility: Visibility) -> Option<String> {
        let mut state = self.shared.state.lock();
        state.show.ask_lease(Instant::now(), visibility)
    }

    /// The tab that speaks for the screen says how it is.
    pub(crate) fn report(
        &self,
        secret: &str,
        visibility: Visibility,
        clip: Option<ClipReport>,
    ) -> Result<(), LeaseRefused> {
        self.change(|show, now| show.report(now, secret, visibility, clip))
    }

    /// The tab that speaks for the screen is closed.
    pub(crate) fn release(&self, secret: &str) -> Result<(), LeaseRefused> {
        self.change(|show, now| show.release(now, secret))
    }

    /// Lets time pass; to be called a few times a second.
    pub(crate) fn tick(&self) {
        _ = self.change(|show, now| Ok(show.tick(now)));
    }

    /// What a page shows now.
    pub(crate) fn view(&self) -> View {
        self.shared.state.lock().show.view()
    }

    /// What is on screen, for the server.
    pub(crate) fn on_screen(&self) -> ScreenReport {
        let state = self.shared.state.lock();
        let mut report = state.show.screen(Instant::now());
        report.since = state.show.shown_since().map(|since| state.clock.at(since));
        report
    }

    /// A configuration is ready.
    pub(crate) fn apply(&self, new: Loop) {
        _ = self.change(|show, now| {
            show.apply(now, new);
            Ok(Vec::new())
        });
        self.shared.news.notify_one();
    }

    /// These files of the loop are not here.
    pub(crate) fn set_missing(&self, missing: HashSet<FileHash>) {
        _ = self.change(|show, now| {
            show.set_missing(now, missing);
            Ok(Vec::new())
        });
    }

    /// The videos of the loop that are not shown.
    pub(crate) fn passed_over(&self) -> Vec<PassedOver> {
        self.shared.state.lock().show.passed_over()
    }

    /// What stands behind the loop.
    pub(crate) fn set_backdrop(&self, backdrop: Backdrop) {
        self.shared.state.lock().show.set_backdrop(backdrop);
    }

    /// What is being fetched.
    pub(crate) fn set_downloads(&self, downloads: Downloads) {
        self.shared.state.lock().show.set_downloads(downloads);
    }

    /// What this run knows of the time.
    pub(crate) fn knowledge(&self) -> Knowledge {
        self.shared.state.lock().clock.knowledge()
    }

    /// How far the machine's clock is ahead, in seconds; none while nobody knows.
    pub(crate) fn machine_ahead_s(&self) -> Option<i64> {
        let state = self.shared.state.lock();
        let ahead = Utc::now() + self.shared.moved - state.clock.at(Instant::now());
        (state.clock.knowledge() == Knowledge::Synced).then_some(ahead.num_seconds())
    }

    /// The machine's clock is right.
    pub(crate) async fn hear_machine(&self) {
        self.hear_time(Utc::now() + self.shared.moved).await;
    }

    /// Somebody trustworthy said what time it is. Returns once the plays noted before are put right.
    pub(crate) async fn hear_time(&self, time: DateTime<Utc>) {
        let recorder = {
            let mut state = self.shared.state.lock();
            let shift = state.clock.hear(Instant::now(), time);
            let (Some(shift), Some(recorder)) = (shift, state.recorder.clone()) else {
                return;
            };
            let boot_id = self.shared.boot_id;
            let started_at = state.clock.started_at();
            recorder.record(Record::Correct {
                boot_id,
                shift,
                started_at,
            });
            recorder
        };
        recorder.flush().await;
    }

    /// Waits until every play so far is on the disk: what the server is told must survive a power cut.
    pub(crate) async fn flush(&self) {
        let recorder = self.shared.state.lock().recorder.clone();
        if let Some(recorder) = recorder {
            recorder.flush().await;
        }
    }

    /// Waits until something happened that the server should know soon.
    pub(crate) async fn news(&self) {
        self.shared.news.notified().await;
    }

    /// The player stops: the running play ends, and nothing is recorded after it.
    pub(crate) fn stop(&self) {
        _ = self.change(|show, now| Ok(show.stop(now)));
        self.shared.state.lock().recorder = None;
    }

    fn change(
        &self,
        decide: impl FnOnce(&mut Show, Instant) -> Result<Vec<Effect>, LeaseRefused>,
    ) -> Result<(), LeaseRefused> {
        let mut state = self.shared.state.lock();
        // Read under the lock, so that time never runs backwards for the show.
        let now = Instant::now();
        let effects = decide(&mut state.show, now)?;
        for effect in effects {
            self.carry_out(&mut state, now, effect);
        }
        let shown = state.show.screen(now);
        if shown.screen != state.shown.screen {
            self.shared.news.notify_one();
        }
        state.shown = shown;
        Ok(())
    }

    fn carry_out(&self, state: &mut State, now: Instant, effect: Effect) {
        let record = match effect {
            Effect::Begin(clip) => Record::Begin {
                play: self.play_of(state, now, &clip),
                place: clip.place,
            },
            Effect::Progress { id, shown_ms } => Record::Progress { id, shown_ms },
            Effect::End {
                id,
                shown_ms,
                outcome,
            } => Record::End {
                id,
                shown_ms,
                outcome,
            },
            Effect::Doubt(sha256) => {
                // Nobody listens any more once the player stops.
                _ = self.shared.doubts.send(sha256);
                return;
            }
        };
        if let Some(recorder) = &state.recorder {
            recorder.record(record);
        }
    }

    /// The play as it stands on the disk until it ends: what a power cut leaves of it.
    fn play_of(&self, state: &mut State, now: Instant, clip: &Clip) -> Play {
        state.plays += 1;
        let knowledge = state.clock.knowledge();
        let unsynced = knowledge == Knowledge::Unsynced;
        Play {
            id: clip.token,
            boot_id: self.shared.boot_id,
            seq: state.plays,
            video_id: clip.item.video_id,
            sha256: clip.item.sha256,
            configuration_version: clip.configuration_version,
            played_at: state.clock.at(now),
            duration_ms: clip.item.duration_ms,
            shown_ms: 0,
            outcome: Outcome::Cut,
            clock: knowledge,
            not_before: unsynced.then(|| state.clock.passed(now)),
            not_after: None,
        }
    }
}
