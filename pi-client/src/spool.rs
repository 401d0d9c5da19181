//! The plays that wait for the server's receipt, and the journal of all of them.

mod correct;
mod journal;
mod record;
mod table;
#[cfg(test)]
pub(crate) mod tests;

use api::play::{Play, Receipt};
use chrono::{DateTime, Utc};
use redb::{ReadableTable, ReadableTableMetadata};

use crate::database::{Storage, StorageFailure};
pub use journal::JournalEntry;
pub(crate) use record::{Place, Record};
use table::{JOURNAL, META, RUNNING, WAITING, decode};

/// Most plays that wait; beyond, the oldest is lost and counted. About 90 MB.
const WAITING_PLAYS: u64 = 200_000;
/// Where the count of lost plays stands.
const LOST: &str = "lost";
/// Where the number of the next play stands.
const NEXT: &str = "next";
/// Where the place in the loop stands, and the configuration that it is a place of.
const PLACE: [&str; 2] = ["place", "place_of"];
/// Where a time stands that has passed, in milliseconds.
const PASSED: &str = "passed_ms";

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
            cut.iter()
                .try_for_each(|play| record::enqueue(write, play, limit))
        })?;
        Ok(spool)
    }

    /// Makes these changes in their order, all of them on the disk when it returns. To make them
    /// twice is to make them once.
    pub(crate) fn record(&self, records: &[Record]) -> Result<(), StorageFailure> {
        self.storage.write(|write| {
            records
                .iter()
                .try_for_each(|record| record.make(write, self.limit))
        })
    }

    /// The oldest plays that wait behind this place, at most so many.
    pub(crate) fn batch(&self, after: u64, most: usize) -> Result<Vec<Waiting>, StorageFailure> {
        self.storage.read(|read| {
            let mut batch = Vec::new();
            for row in read.open_table(WAITING)?.range(after + 1..)?.take(most) {
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

    /// How many plays were lost: too many waited, or the disk refused them.
    pub(crate) fn lost(&self) -> Result<u64, StorageFailure> {
        Ok(self.number(LOST)?.unwrap_or_default())
    }

    /// Where the loop was when a play last began.
    pub(crate) fn place(&self) -> Result<Option<Place>, StorageFailure> {
        let [place, version] = PLACE;
        let (place, version) = (self.number(place)?, self.number(version)?);
        Ok(place.zip(version).and_then(|(place, version)| {
            Some(Place {
                place: usize::try_from(place).ok()?,
                configuration_version: i32::try_from(version).ok()?,
            })
        }))
    }

    /// A time that has passed for certain.
    pub(crate) fn passed(&self) -> Result<Option<DateTime<Utc>>, StorageFailure> {
        let passed = self.number(PASSED)?.and_then(|ms| i64::try_from(ms).ok());
        Ok(passed.and_then(DateTime::from_timestamp_millis))
    }

    /// The newest plays of this player, delivered or not, oldest first.
    pub(crate) fn journal(&self) -> Result<Vec<JournalEntry>, StorageFailure> {
        self.storage.read(journal::read)
    }

    fn number(&self, name: &str) -> Result<Option<u64>, StorageFailure> {
        self.storage.read(|read| {
            let number = read.open_table(META)?.get(name)?;
            Ok(number.map(|number| number.value()))
        })
    }
}
