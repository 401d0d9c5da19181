//! Which clip is on, which one comes after it.

use api::configuration::LoopItem;
use api::id::PlayId;

/// The loop of one configuration whose files are all here.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Loop {
    /// The configuration that it belongs to.
    pub configuration_version: i32,
    /// What plays, in order.
    pub items: Vec<LoopItem>,
}

/// One showing to come or under way: a place in the loop with the id of its play.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Clip {
    /// Names this showing between page and player, and later its play.
    pub token: PlayId,
    /// The video.
    pub item: LoopItem,
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

/// The loop as it runs: the clip on screen and the one to preload.
#[derive(Debug, Default)]
pub(super) struct Playlist {
    running: Loop,
    following: usize,
    current: Option<Clip>,
    next: Option<Clip>,
    failures: usize,
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

    /// Starts another loop from its first video.
    pub(super) fn replace(&mut self, new: Loop, on_screen: OnScreen) {
        self.running = new;
        self.following = 0;
        self.failures = 0;
        self.next = self.draw();
        if on_screen == OnScreen::Replace || self.current.is_none() {
            self.advance();
        }
    }

    /// Goes on to the next clip.
    pub(super) fn advance(&mut self) {
        self.current = self.next.take();
        self.next = self.draw();
    }

    /// A clip was shown, or it is time to try them all again.
    pub(super) fn forgive(&mut self) {
        self.failures = 0;
    }

    /// A clip showed next to nothing. True when no clip of the loop did better since they were last forgiven.
    pub(super) fn failed(&mut self) -> bool {
        self.failures += 1;
        self.failures >= self.running.items.len()
    }

    fn draw(&mut self) -> Option<Clip> {
        let item = self.running.items.get(self.following)?.clone();
        self.following = (self.following + 1) % self.running.items.len();
        Some(Clip {
            token: PlayId::new(),
            item,
            configuration_version: self.running.configuration_version,
        })
    }
}
