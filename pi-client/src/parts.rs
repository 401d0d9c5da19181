//! What the tasks of a running player share; each part is a handle and cheap to clone.

use std::sync::Arc;

use api::id::BootId;

use crate::applied::Applied;
use crate::client::Client;
use crate::memory::Memory;
use crate::screen::Screen;
use crate::settings::Pace;
use crate::spool::Spool;
use crate::store::Store;

/// The parts of one player.
#[derive(Clone)]
pub(crate) struct Parts {
    /// The connection to the server.
    pub(crate) client: Arc<Client>,
    /// What is remembered.
    pub(crate) memory: Memory,
    /// The files.
    pub(crate) store: Store,
    /// The plays.
    pub(crate) spool: Spool,
    /// The screen.
    pub(crate) screen: Screen,
    /// What is shown.
    pub(crate) applied: Applied,
    /// How often things are done.
    pub(crate) pace: Pace,
    /// This run.
    pub(crate) boot_id: BootId,
}
