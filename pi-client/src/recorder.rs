//! Puts what the show decides into the spool: in order, beside the pages, many at once.

use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::spool::{Record, Spool};

/// Most changes of one transaction.
const TOGETHER: usize = 64;

enum Entry {
    Record(Record),
    Reached(oneshot::Sender<()>),
}

/// The way into the spool. A page never waits for the disk: the picture would.
#[derive(Clone)]
pub(crate) struct Recorder {
    entries: mpsc::UnboundedSender<Entry>,
}

impl Recorder {
    /// Starts to record. The task ends, with everything on the disk, when every recorder is gone.
    pub(crate) fn start(spool: Spool) -> (Self, JoinHandle<()>) {
        let (entries, received) = mpsc::unbounded_channel();
        (Self { entries }, tokio::spawn(keep(spool, received)))
    }

    /// Records this after everything before.
    pub(crate) fn record(&self, record: Record) {
        // Fails only once the player stops, and then nobody plays.
        _ = self.entries.send(Entry::Record(record));
    }

    /// Waits until everything recorded so far is on the disk.
    pub(crate) async fn flush(&self) {
        let (reached, end) = oneshot::channel();
        if self.entries.send(Entry::Reached(reached)).is_ok() {
            _ = end.await;
        }
    }
}

async fn keep(spool: Spool, mut received: mpsc::UnboundedReceiver<Entry>) {
    let mut entries = Vec::new();
    while received.recv_many(&mut entries, TOGETHER).await > 0 {
        let mut records = Vec::new();
        let mut reached = Vec::new();
        for entry in entries.drain(..) {
            match entry {
                Entry::Record(record) => records.push(record),
                Entry::Reached(sender) => reached.push(sender),
            }
        }
        let spool = spool.clone();
        let written = spawn_blocking(move || match records.as_slice() {
            [] => Ok(()),
            records => spool.record(records),
        });
        match written.await {
            Ok(Ok(())) => {}
            // The gap in `seq` will tell the server.
            Ok(Err(error)) => tracing::error!(%error, "plays could not be kept"),
            Err(error) => tracing::error!(%error, "plays could not be kept"),
        }
        for sender in reached {
            _ = sender.send(());
        }
    }
}
