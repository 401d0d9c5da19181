//! The player's own account of its plays, delivered or not.

use api::play::{Play, Receipt};
use redb::{ReadTransaction, ReadableTable, ReadableTableMetadata, WriteTransaction};
use serde::{Deserialize, Serialize};

use super::table::{JOURNAL, decode, encode};

/// Plays that the journal keeps.
const ENTRIES: u64 = 10_000;

/// One play of the journal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct JournalEntry {
    /// The play.
    #[serde(flatten)]
    pub play: Play,
    /// What the server made of it; none while it waits.
    pub receipt: Option<Receipt>,
}

/// Notes a play, or notes it anew.
pub(super) fn note(write: &WriteTransaction, key: u64, play: &Play) -> Result<(), redb::Error> {
    let mut journal = write.open_table(JOURNAL)?;
    let entry = JournalEntry {
        play: play.clone(),
        receipt: None,
    };
    journal.insert(key, encode(&entry).as_slice())?;
    while journal.len()? > ENTRIES {
        journal.pop_first()?;
    }
    Ok(())
}

/// Notes the receipt of a play that the journal still has.
pub(super) fn mark(
    write: &WriteTransaction,
    key: u64,
    receipt: Receipt,
) -> Result<(), redb::Error> {
    let mut journal = write.open_table(JOURNAL)?;
    let entry: Option<JournalEntry> = journal.get(key)?.and_then(|row| decode(row.value()));
    if let Some(mut entry) = entry {
        entry.receipt = Some(receipt);
        journal.insert(key, encode(&entry).as_slice())?;
    }
    Ok(())
}

/// Every entry, oldest first.
pub(super) fn read(read: &ReadTransaction) -> Result<Vec<JournalEntry>, redb::Error> {
    let mut entries = Vec::new();
    for row in read.open_table(JOURNAL)?.iter()? {
        entries.extend(decode(row?.1.value()));
    }
    Ok(entries)
}
