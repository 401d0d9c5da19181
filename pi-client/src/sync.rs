//! Keeping in step with the server: reports, plays, the desired state and its files.

mod deliver;
mod events;
mod fetch;
mod prepare;
mod report;
mod state;
mod switch;

use std::sync::Arc;

use api::player::Fetching;
use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use crate::database::StorageFailure;
use crate::machine::Machine;
use crate::memory::StoredState;
use crate::parts::Parts;

/// The server does not accept this player any more; everything else is tried again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Refused;

/// The work of a linked player.
pub(crate) struct Sync {
    parts: Parts,
    /// The newest state; a change, also to itself, starts the preparation again.
    desired: watch::Sender<Option<StoredState>>,
    poll_now: Notify,
    /// What the server is told of the file that is being fetched.
    fetching: Mutex<Option<Fetching>>,
    machine: Arc<Mutex<Machine>>,
}

impl Sync {
    /// Starts from what is on the disk: the TV plays before the server is met.
    pub(crate) fn new(parts: Parts) -> Result<Self, StorageFailure> {
        let desired = watch::Sender::new(parts.memory.desired()?);
        let machine = Machine::new(parts.store.folder());
        let sync = Self {
            parts,
            desired,
            poll_now: Notify::new(),
            fetching: Mutex::default(),
            machine: Arc::new(Mutex::new(machine)),
        };
        sync.show_applied()?;
        Ok(sync)
    }

    /// Keeps in step until the server refuses this player.
    pub(crate) async fn run(&self) -> Refused {
        tokio::select! {
            refused = self.report_for_ever() => refused,
            refused = self.poll_for_ever() => refused,
            refused = self.prepare_for_ever() => refused,
            refused = self.listen_for_ever() => refused,
        }
    }

    /// A handle that starts the preparation again, for files that turned out to be damaged.
    pub(crate) fn repair(&self) -> impl Fn() + Clone + Send + use<> {
        let desired = self.desired.clone();
        move || desired.send_modify(|_| ())
    }
}

/// Runs a blocking call of the spool or the disk beside the network's tasks.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageFailure> + Send + 'static,
) -> Result<T, StorageFailure> {
    tokio::task::spawn_blocking(work)
        .await
        .expect("calls of the spool do not panic")
}
