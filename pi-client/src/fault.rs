//! Named points at which tests cut the power. A released player has none of them.

use rustix::process::{Signal, getpid, kill_process};

/// The variable that names a point: `NEOPRO_FAULT=file-renamed:kill`.
const VARIABLE: &str = "NEOPRO_FAULT";

/// Every point, in the order in which a player first passes it.
pub const POINTS: [&str; 24] = [
    // First start
    "cut-plays-closed",
    "key-made",
    "key-kept",
    // Enrolment
    "enrolment-asked",
    "enrolment-shown",
    "enrolment-accepted",
    "enrolment-remembered",
    "token-received",
    // Download
    "state-received",
    "state-kept",
    "file-begun",
    "file-half",
    "file-complete",
    "file-synced",
    "file-renamed",
    // Switch
    "switch-ready",
    "switch-kept",
    "switch-shown",
    // Play
    "play-begins",
    "play-begun",
    "play-ends",
    "play-ended",
    // Delivery
    "delivery-answered",
    "delivery-settled",
];

/// The points that this program stops at: none in a release.
pub fn points() -> &'static [&'static str] {
    if cfg!(debug_assertions) { &POINTS } else { &[] }
}

/// The program is at this point: the end of it, where a test asks for that.
pub(crate) fn reach(point: &str) {
    if points().is_empty() {
        return;
    }
    debug_assert!(POINTS.contains(&point), "{point} is not listed");
    let asked = std::env::var(VARIABLE).unwrap_or_default();
    if asked.strip_suffix(":kill") == Some(point) {
        _ = kill_process(getpid(), Signal::KILL);
        std::process::abort();
    }
}
