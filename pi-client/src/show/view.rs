//! What a page is told to show.

use std::time::Instant;

use api::id::PlayId;
use api::player::{Downloads, ScreenReport};
use api::site::Screen;
use api::video::{Ground, VideoKind};
use serde::Serialize;

use super::Show;
use super::lease::Visibility;
use super::playlist::Clip;
use super::showing::{SILENT, Showing};

/// What the TV shows while the screen waits for its club.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Pairing {
    /// The code, `XXXX-XXXX`.
    pub code: String,
    /// The words that the dashboard must show too.
    pub words: [String; 2],
    /// A QR code of the dashboard's screen for this code.
    pub qr: Qr,
}

/// A QR code as an SVG path of unit squares.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Qr {
    /// Modules of one side.
    pub size: usize,
    /// The dark modules, as the `d` of one path.
    pub path: String,
}

/// What stands behind the loop when nothing plays.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) enum Backdrop {
    /// The server was not met yet.
    #[default]
    Starting,
    /// The server does not answer.
    Unreachable,
    /// Nobody linked this screen yet.
    Pairing(Pairing),
    /// The screen belongs to this site.
    Linked {
        /// Its name.
        site_name: String,
    },
}

/// Why nothing plays on a linked screen.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub(crate) enum Pause {
    /// Nothing was published.
    Nothing,
    /// Files are on their way.
    Downloading {
        /// Part of the bytes that is here, 0 to 100.
        percent: u64,
    },
    /// No clip of the loop can be played; they are tried again.
    Unplayable,
}

/// One clip, as the page needs it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct ClipView {
    /// Names the showing in the page's reports.
    pub token: PlayId,
    /// Where its bytes are.
    pub src: String,
    /// What shows it.
    pub kind: VideoKind,
    /// How long a picture stands; films know it themselves.
    pub duration_ms: u64,
    /// What stands behind it.
    pub ground: Ground,
}

impl ClipView {
    pub(super) fn of(clip: &Clip) -> Self {
        Self {
            token: clip.token,
            // Another address each time: browsers keep the bytes of an address in memory, and would
            // go on failing with those of a file that was damaged and fetched again.
            src: format!("/media/{}?showing={}", clip.item.sha256, clip.token),
            kind: clip.item.kind,
            duration_ms: clip.item.duration_ms,
            ground: clip.item.ground,
        }
    }
}

/// What a page shows now: it renders this and decides nothing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub(crate) enum View {
    /// The player has just started.
    Starting,
    /// The server does not answer and there is nothing to play.
    Unreachable,
    /// The pairing page.
    Pairing(Pairing),
    /// The idle page.
    Idle {
        /// The site's name.
        site_name: String,
        /// Why it is idle.
        #[serde(flatten)]
        pause: Pause,
    },
    /// A clip plays, the next one is loaded.
    Playing {
        /// On screen.
        current: ClipView,
        /// To preload.
        next: Option<ClipView>,
        /// The code of a screen that lost its link and goes on with what it has.
        pairing: Option<Pairing>,
    },
}

impl Show {
    /// What a page shows now.
    pub(crate) fn view(&self) -> View {
        let playing = self
            .playlist
            .current()
            .filter(|_| self.resting_until.is_none());
        if let Some(current) = playing {
            let pairing = match &self.backdrop {
                Backdrop::Pairing(pairing) => Some(pairing.clone()),
                _ => None,
            };
            return View::Playing {
                current: ClipView::of(current),
                next: self.playlist.next().map(ClipView::of),
                pairing,
            };
        }
        match &self.backdrop {
            Backdrop::Starting => View::Starting,
            Backdrop::Unreachable => View::Unreachable,
            Backdrop::Pairing(pairing) => View::Pairing(pairing.clone()),
            Backdrop::Linked { site_name } => View::Idle {
                site_name: site_name.clone(),
                pause: self.pause(),
            },
        }
    }

    /// What is on screen, for the server.
    pub(crate) fn screen(&self, now: Instant) -> ScreenReport {
        let mut report = ScreenReport::default();
        if self.lease.visibility(now) != Some(Visibility::Visible) {
            return report;
        }
        let Some(clip) = self
            .playlist
            .current()
            .filter(|_| self.resting_until.is_none())
        else {
            report.screen = Screen::Empty;
            return report;
        };
        if self
            .last_frame
            .is_some_and(|frame| now.duration_since(frame) <= SILENT)
        {
            report.screen = Screen::Playing;
            report.video_id = Some(clip.item.video_id);
            report.sha256 = Some(clip.item.sha256);
            report.position_ms = self.showing.as_ref().map_or(0, Showing::position_ms);
        }
        report
    }

    /// When the clip on screen showed its first frame.
    pub(crate) fn shown_since(&self) -> Option<Instant> {
        self.showing.as_ref().map(Showing::began)
    }

    fn pause(&self) -> Pause {
        let Downloads {
            files,
            files_ready,
            bytes,
            bytes_ready,
        } = self.downloads;
        if self.resting_until.is_some() {
            Pause::Unplayable
        } else if files_ready < files {
            Pause::Downloading {
                percent: bytes_ready * 100 / bytes.max(1),
            }
        } else if self.playlist.is_empty() {
            Pause::Nothing
        } else {
            Pause::Unplayable
        }
    }
}
