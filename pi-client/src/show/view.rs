//! What a page is told to show.

use api::id::PlayId;
use serde::Serialize;

use super::playlist::Clip;

/// What the TV shows while the screen waits for its club.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Pairing {
    /// The code, `XXXX-XXXX`.
    pub code: String,
    /// The words that the dashboard must show too.
    pub words: [String; 2],
    /// A QR code of the dashboard's screen for this code.
    pub qr: Qr,
}

/// A QR code as an SVG path of unit squares.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Qr {
    /// Modules of one side.
    pub size: usize,
    /// The dark modules, as the `d` of one path.
    pub path: String,
}

/// What stands behind the loop when nothing plays.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Backdrop {
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
pub enum Pause {
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
pub struct ClipView {
    /// Names the showing in the page's reports.
    pub token: PlayId,
    /// Where its bytes are.
    pub src: String,
}

impl ClipView {
    pub(super) fn of(clip: &Clip) -> Self {
        Self {
            token: clip.token,
            src: format!("/media/{}", clip.item.sha256),
        }
    }
}

/// What a page shows now: it renders this and decides nothing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum View {
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
