//! Puts what the show decides into the spool: in order, beside the pages, many at once.

use std::time::Duration;

use api::id::BootId;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

use crate::fault;
use crate::spool::{Record, Spool};

/// Most changes of one transaction.
const TOGETHER: usize = 64;
/// Most changes that wait in memory while the disk refuses: hours of plays.
const PENDING: usize = 10_000;
/// Pause before a refused disk is tried again.
const AGAIN: Duration = Duration::from_secs(5);

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
    /// Starts to record this run. The task ends, with everything on the disk, when every recorder
    /// is gone.
    pub(crate) fn start(spool: Spool, boot_id: BootId) -> (Self, JoinHandle<()>) {
        let (entries, received) = mpsc::unbounded_channel();
        let keeper = Keeper {
            spool,
            boot_id,
            pending: Vec::new(),
            lost: 0,
            refused: false,
        };
        (Self { entries }, tokio::spawn(keeper.keep(received)))
    }

    /// Records this after everything before.
    pub(crate) fn record(&self, record: Record) {
        // Fails only once the player stops, and then nobody plays.
        _ = self.entries.send(Entry::Record(record));
    }

    /// Waits until everything recorded so far is on the disk, or was refused by it.
    pub(crate) async fn flush(&self) {
        let (reached, end) = oneshot::channel();
        if self.entries.send(Entry::Reached(reached)).is_ok() {
            _ = end.await;
        }
    }
}

/// What is not on the disk yet.
struct Keeper {
    spool: Spool,
    boot_id: BootId,
    pending: Vec<Record>,
    /// Plays of this run that were given up.
    lost: u64,
    /// Whether the disk refused the last time: said once.
    refused: bool,
}

impl Keeper {
    async fn keep(mut self, mut received: mpsc::UnboundedReceiver<Entry>) {
        let mut entries = Vec::new();
        loop {
            let more = received.recv_many(&mut entries, TOGETHER);
            let more = if self.pending.is_empty() {
                more.await
            } else {
                // The disk refused: tried again without news, too.
                timeout(AGAIN, more).await.unwrap_or(TOGETHER)
            };
            let mut reached = Vec::new();
            for entry in entries.drain(..) {
                match entry {
                    Entry::Record(record) => self.pending.push(record),
                    Entry::Reached(sender) => reached.push(sender),
                }
            }
            self.write().await;
            for sender in reached {
                _ = sender.send(());
            }
            if more == 0 {
                break;
            }
        }
        if !self.pending.is_empty() {
            tracing::error!(
                changes = self.pending.len(),
                "the disk refused to the end: the last plays are not kept"
            );
        }
    }

    async fn write(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let (spool, records) = (self.spool.clone(), self.pending.clone());
        let written = spawn_blocking(move || {
            reach(&records, "play-begins", "play-ends");
            let written = spool.record(&records);
            reach(&records, "play-begun", "play-ended");
            written
        });
        match written.await {
            Ok(Ok(())) => {
                self.pending.clear();
                if std::mem::take(&mut self.refused) {
                    tracing::info!("the disk keeps plays again");
                }
            }
            Ok(Err(error)) => {
                if !std::mem::replace(&mut self.refused, true) {
                    tracing::error!(%error, "plays cannot be kept; they wait in memory");
                }
                self.give_up_oldest();
            }
            Err(error) => {
                tracing::error!(%error, "plays could not be kept");
                self.pending.clear();
            }
        }
    }

    /// Memory has an end too: the oldest plays go, and are counted.
    fn give_up_oldest(&mut self) {
        if self.pending.len() <= PENDING {
            return;
        }
        let given_up = self.pending.drain(..self.pending.len() - PENDING / 2);
        let (mut plays, mut kept) = (0, Vec::new());
        for record in given_up {
            match record {
                Record::Begin { .. } => plays += 1,
                Record::Correct { .. } => kept.push(record),
                _ => {}
            }
        }
        self.lost += plays;
        kept.push(Record::Lose {
            boot_id: self.boot_id,
            plays: self.lost,
        });
        self.pending.splice(..0, kept);
    }
}

/// Tests cut the power before and after a play is kept.
fn reach(records: &[Record], begin: &str, end: &str) {
    for record in records {
        match record {
            Record::Begin { .. } => fault::reach(begin),
            Record::End { .. } => fault::reach(end),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use api::id::BootId;
    use api::play::Outcome;
    use chrono::{TimeDelta, Utc};

    use super::{Keeper, PENDING};
    use crate::database::Storage;
    use crate::folder::{Folder, Space};
    use crate::spool::tests::play as a_play;
    use crate::spool::{Record, Spool};

    #[test]
    fn what_the_disk_refuses_for_hours_is_given_up_and_counted() {
        let directory = tempfile::tempdir().unwrap();
        let folder = Folder::open(directory.path(), Space::default(), None).unwrap();
        let boot_id = BootId::new();
        let mut keeper = Keeper {
            spool: Spool::open(Storage::open(&folder).unwrap()).unwrap(),
            boot_id,
            pending: vec![Record::Correct {
                boot_id,
                shift: TimeDelta::zero(),
                started_at: Utc::now(),
            }],
            lost: 0,
            refused: false,
        };
        for seq in 1..=PENDING as u64 / 2 {
            let play = a_play(boot_id, seq);
            let (id, shown_ms, outcome) = (play.id, 1_000, Outcome::Completed);
            keeper.pending.push(Record::Begin { play, place: 0 });
            keeper.pending.push(Record::End {
                id,
                shown_ms,
                outcome,
            });
        }
        keeper.give_up_oldest();
        keeper.spool.record(&keeper.pending).unwrap();
        let (waiting, lost) = (
            keeper.spool.waiting().unwrap(),
            keeper.spool.lost().unwrap(),
        );
        assert_eq!(
            waiting + lost,
            PENDING as u64 / 2,
            "each is kept or counted"
        );
        assert!(lost > 0);
        assert!(matches!(keeper.pending[0], Record::Correct { .. }));
    }
}
