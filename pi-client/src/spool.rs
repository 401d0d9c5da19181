//! The plays that wait for the server's receipt, and the journal of all of them.

mod journal;
mod table;
#[cfg(test)]
mod tests;

use api::id::{BootId, PlayId};
use api::limit::PLAYS_PER_BATCH;
use api::play::{Clock, Outcome, Play, Receipt};
use chrono::TimeDelta;
use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};

use crate::database::{Storage, StorageFailure};
pub use journal::JournalEntry;
use table::{JOURNAL, META, RUNNING, WAITING, decode, encode};

/// Most plays that wait; beyond, the oldest is lost and counted. About 90 MB.
const WAITING_PLAYS: u64 = 200_000;
/// Where the count of lost plays stands.
const LOST: &str = "lost";
/// Where the number of the next play stands.
const NEXT: &str = "next";

/// One change of the spool.
#[derive(Debug)]
pub(crate) enum Record {
    /// A play began: from now on a power cut leaves a [`Outcome::Cut`].
    Begin(Play),
    /// It ended.
    End {
        /// The play.
        id: PlayId,
        /// How long its clip was shown.
        shown_ms: u64,
        /// How it ended.
        outcome: Outcome,
    },
    /// This run learned the time: what it noted before moves by as much and is true from now on.
    Correct {
        /// The run.
        boot_id: BootId,
        /// How far its guess was off.
        shift: TimeDelta,
    },
}

/// A play to deliver, with its place in the spool.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Waiting {
    /// Its place.
    pub key: u64,
    /// The play, frozen.
    pub play: Play,
}

/// The durable spool. Its calls block: they wait for the disk.
#[derive(Clone)]
pub(crate) struct Spool {
    storage: Storage,
    limit: u64,
}

impl Spool {
    /// The spool of this database. Plays that a power cut left without an end become `cut`.
    pub(crate) fn open(storage: Storage) -> Result<Self, StorageFailure> {
        Self::with_limit(storage, WAITING_PLAYS)
    }

    /// The spool of a stopped player, for reading: nothing in it changes.
    pub(crate) fn open_as_is(storage: Storage) -> Self {
        Self {
            storage,
            limit: WAITING_PLAYS,
        }
    }

    fn with_limit(storage: Storage, limit: u64) -> Result<Self, StorageFailure> {
        let spool = Self { storage, limit };
        spool.storage.write(|write| {
            write.open_table(WAITING)?;
            write.open_table(JOURNAL)?;
            write.open_table(META)?;
            let mut cut: Vec<Play> = Vec::new();
            let mut running = write.open_table(RUNNING)?;
            for row in running.iter()? {
                cut.extend(decode(row?.1.value()));
            }
            running.retain(|_, _| false)?;
            cut.sort_by_key(|play| play.seq);
            cut.iter().try_for_each(|play| spool.enqueue(write, play))
        })?;
        Ok(spool)
    }

    /// Makes these changes in their order, all of them on the disk when it returns.
    pub(crate) fn record(&self, records: &[Record]) -> Result<(), StorageFailure> {
        self.storage.write(|write| {
            records
                .iter()
                .try_for_each(|record| self.make(write, record))
        })
    }

    /// The oldest plays that wait, at most one delivery.
    pub(crate) fn batch(&self) -> Result<Vec<Waiting>, StorageFailure> {
        self.storage.read(|read| {
            let mut batch = Vec::new();
            for row in read.open_table(WAITING)?.iter()?.take(PLAYS_PER_BATCH) {
                let (key, play) = row?;
                let key = key.value();
                batch.extend(decode(play.value()).map(|play| Waiting { key, play }));
            }
            Ok(batch)
        })
    }

    /// The server answered for these plays: they are forgotten here and marked in the journal.
    pub(crate) fn settle(&self, receipts: &[(u64, Receipt)]) -> Result<(), StorageFailure> {
        self.storage.write(|write| {
            let mut waiting = write.open_table(WAITING)?;
            for (key, receipt) in receipts {
                waiting.remove(key)?;
                journal::mark(write, *key, *receipt)?;
            }
            Ok(())
        })
    }

    /// How many plays wait.
    pub(crate) fn waiting(&self) -> Result<u64, StorageFailure> {
        self.storage
            .read(|read| Ok(read.open_table(WAITING)?.len()?))
    }

    /// How many plays were lost because too many waited.
    pub(crate) fn lost(&self) -> Result<u64, StorageFailure> {
        self.storage.read(|read| {
            let lost = read.open_table(META)?.get(LOST)?;
            Ok(lost.map_or(0, |lost| lost.value()))
        })
    }

    /// The newest plays of this player, delivered or not, oldest first.
    pub(crate) fn journal(&self) -> Result<Vec<JournalEntry>, StorageFailure> {
        self.storage.read(journal::read)
    }

    fn make(&self, write: &WriteTransaction, record: &Record) -> Result<(), redb::Error> {
        match record {
            Record::Begin(play) => {
                let mut running = write.open_table(RUNNING)?;
                running.insert(play.id.0.as_bytes().as_slice(), encode(play).as_slice())?;
            }
            Record::End {
                id,
                shown_ms,
                outcome,
            } => {
                let mut running = write.open_table(RUNNING)?;
                let begun = running.remove(id.0.as_bytes().as_slice())?;
                let begun: Option<Play> = begun.and_then(|play| decode(play.value()));
                if let Some(mut play) = begun {
                    play.shown_ms = *shown_ms;
                    play.outcome = *outcome;
                    self.enqueue(write, &play)?;
                }
            }
            Record::Correct { boot_id, shift } => correct(write, *boot_id, *shift)?,
        }
        Ok(())
    }

    fn enqueue(&self, write: &WriteTransaction, play: &Play) -> Result<(), redb::Error> {
        let mut meta = write.open_table(META)?;
        let key = meta.get(NEXT)?.map_or(1, |next| next.value());
        meta.insert(NEXT, key + 1)?;
        let mut waiting = write.open_table(WAITING)?;
        waiting.insert(key, encode(play).as_slice())?;
        while waiting.len()? > self.limit {
            waiting.pop_first()?;
            let lost = meta.get(LOST)?.map_or(0, |lost| lost.value());
            meta.insert(LOST, lost + 1)?;
        }
        journal::note(write, key, play)
    }
}

/// Moves the unsynced plays of this run; none was sent, for sending means having met the server.
fn correct(write: &WriteTransaction, boot: BootId, shift: TimeDelta) -> Result<(), redb::Error> {
    let corrected = |bytes: &[u8]| -> Option<Play> {
        let mut play: Play = decode(bytes)?;
        let concerned = play.boot_id == boot && play.clock == Clock::Unsynced;
        play.played_at = play.played_at.checked_add_signed(shift)?;
        play.clock = Clock::Synced;
        concerned.then_some(play)
    };
    let mut running = write.open_table(RUNNING)?;
    let mut moved = Vec::new();
    for row in running.iter()? {
        moved.extend(corrected(row?.1.value()));
    }
    for play in moved {
        running.insert(play.id.0.as_bytes().as_slice(), encode(&play).as_slice())?;
    }
    let mut waiting = write.open_table(WAITING)?;
    let mut moved = Vec::new();
    for row in waiting.iter()? {
        let (key, play) = row?;
        moved.extend(corrected(play.value()).map(|play| (key.value(), play)));
    }
    for (key, play) in moved {
        waiting.insert(key, encode(&play).as_slice())?;
        journal::note(write, key, &play)?;
    }
    Ok(())
}
