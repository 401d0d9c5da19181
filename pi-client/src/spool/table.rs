//! The tables of the spool. Plays are kept as JSON: a row outlives the version that wrote it.

use redb::TableDefinition;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Plays under way, by id; each already has the form that a power cut gives it.
pub(super) const RUNNING: TableDefinition<&[u8], &[u8]> = TableDefinition::new("running");
/// Plays without a receipt, in the order of their ends.
pub(super) const WAITING: TableDefinition<u64, &[u8]> = TableDefinition::new("waiting");
/// The newest plays under the same keys, with their receipts.
pub(super) const JOURNAL: TableDefinition<u64, &[u8]> = TableDefinition::new("journal");
/// Counters.
pub(super) const META: TableDefinition<&str, u64> = TableDefinition::new("counters");

pub(super) fn encode<T: Serialize>(row: &T) -> Vec<u8> {
    serde_json::to_vec(row).expect("plays are plain data")
}

/// A row, unless another version wrote it in a way that this one cannot read.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes)
        .inspect_err(|error| tracing::error!(%error, "a row of the spool cannot be read"))
        .ok()
}
