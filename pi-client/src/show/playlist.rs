//! Which clip is on, which one comes after it.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use api::configuration::LoopItem;
use api::hash::FileHash;
use api::id::PlayId;
use api::player::{PassedOver, PassedOverReason};

/// A clip that cannot be played is passed over for this long; doubles up to [`LONGEST_BENCH`].
const BENCH: Duration = Duration::from_mins(1);
/// See [`BENCH`].
const LONGEST_BENCH: Duration = Duration::from_hours(1);

/// The loop of one configuration.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Loop {
    /// The configuration that it belongs to.
    pub configuration_version: i32,
    /// What plays, in order.
    pub items: Vec<LoopItem>,
    /// The place that it starts with.
    pub start: usize,
}

/// One showing to come or under way: a place in the loop with the id of its play.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Clip {
    /// Names this showing between page and player, and later its play.
    pub token: PlayId,
    /// The video.
    pub item: LoopItem,
    /// Its place in the loop.
    pub place: usize,
    /// The configuration that makes it play.
    pub configuration_version: i32,
}

/// What becomes of the clip on screen when the loop changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum OnScreen {
    /// It has begun: it is shown to its end.
    Finish,
    /// Nobody saw it yet: the new loop starts at once.
    Replace,
}

/// A clip that could not be played.
#[derive(Debug)]
struct Bench {
    until: Instant,
    length: Duration,
}

/// The loop as it runs: the clip on screen and the one to preload.
#[derive(Debug, Default)]
pub(super) struct Playlist {
    running: Loop,
    following: usize,
    current: Option<Clip>,
    next: Option<Clip>,
    /// Files that are not here.
    missing: HashSet<FileHash>,
    /// Files that are here and cannot be played.
    benched: HashMap<FileHash, Bench>,
}

impl Playlist {
    /// The clip on screen or offered to it.
    pub(super) fn current(&self) -> Option<&Clip> {
        self.current.as_ref()
    }

    /// The clip after it.
    pub(super) fn next(&self) -> Option<&Clip> {
        self.next.as_ref()
    }

    /// Whether this is the loop that runs, wherever it is.
    pub(super) fn runs(&self, other: &Loop) -> bool {
        self.running.configuration_version == other.configuration_version
            && self.running.items == other.items
    }

    /// Whether the configuration names anything to play.
    pub(super) fn is_empty(&self) -> bool {
        self.running.items.is_empty()
    }

    /// Starts another loop.
    pub(super) fn replace(&mut self, now: Instant, new: Loop, on_screen: OnScreen) {
        self.following = new.start % new.items.len().max(1);
        self.running = new;
        self.benched.clear();
        self.next = self.draw(now);
        if on_screen == OnScreen::Replace || self.current.is_none() {
            self.advance(now);
        }
    }

    /// These files are not here. True when one came back that was away.
    pub(super) fn set_missing(&mut self, now: Instant, missing: HashSet<FileHash>) -> bool {
        let back: Vec<FileHash> = self.missing.difference(&missing).copied().collect();
        for sha256 in &back {
            self.benched.remove(sha256);
        }
        self.missing = missing;
        self.draw_again(now);
        !back.is_empty()
    }

    /// Whether the clip that is offered can be shown.
    pub(super) fn has_current(&self) -> bool {
        let here = |clip: &Clip| !self.missing.contains(&clip.item.sha256);
        self.current.as_ref().is_some_and(here)
    }

    /// Goes on to the next clip.
    pub(super) fn advance(&mut self, now: Instant) {
        self.current = self.next.take();
        self.next = self.draw(now);
        if self.current.is_none() && self.next.is_some() {
            self.advance(now);
        }
    }

    /// The current clip was shown.
    pub(super) fn praise(&mut self) {
        if let Some(clip) = &self.current {
            self.benched.remove(&clip.item.sha256);
        }
    }

    /// It is time to try them all again.
    pub(super) fn forgive(&mut self, now: Instant) {
        self.benched.clear();
        self.draw_again(now);
    }

    /// The current clip showed next to nothing. True when no clip of the loop can be played.
    pub(super) fn failed(&mut self, now: Instant) -> bool {
        let Some(sha256) = self.current.as_ref().map(|clip| clip.item.sha256) else {
            return false;
        };
        let length = self.benched.get(&sha256).map_or(BENCH, |bench| {
            bench.length.saturating_mul(2).min(LONGEST_BENCH)
        });
        let until = now + length;
        self.benched.insert(sha256, Bench { until, length });
        self.draw_again(now);
        self.next.is_none()
    }

    /// The videos of the loop that are not shown.
    pub(super) fn passed_over(&self) -> Vec<PassedOver> {
        let mut named = HashSet::new();
        let passed_over = |item: &LoopItem| {
            let reason = if self.missing.contains(&item.sha256) {
                PassedOverReason::Missing
            } else if self.benched.contains_key(&item.sha256) {
                PassedOverReason::Unplayable
            } else {
                return None;
            };
            let (video_id, sha256) = (item.video_id, item.sha256);
            named.insert(video_id).then_some(PassedOver {
                video_id,
                sha256,
                reason,
            })
        };
        self.running.items.iter().filter_map(passed_over).collect()
    }

    fn can_play(&self, now: Instant, sha256: FileHash) -> bool {
        let benched = self.benched.get(&sha256);
        !self.missing.contains(&sha256) && benched.is_none_or(|bench| now >= bench.until)
    }

    /// The clip after the current one may be another than was thought.
    fn draw_again(&mut self, now: Instant) {
        let usable = |clip: &Clip| self.can_play(now, clip.item.sha256);
        if !self.next.as_ref().is_some_and(usable) {
            self.next = self.draw(now);
        }
        if self.current.is_none() {
            self.advance(now);
        }
    }

    fn draw(&mut self, now: Instant) -> Option<Clip> {
        let items = self.running.items.len();
        for _ in 0..items {
            let place = self.following;
            self.following = (place + 1) % items;
            let item = &self.running.items[place];
            if self.can_play(now, item.sha256) {
                return Some(Clip {
                    token: PlayId::new(),
                    item: item.clone(),
                    place,
                    configuration_version: self.running.configuration_version,
                });
            }
        }
        None
    }
}
