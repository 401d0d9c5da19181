//! What a backup says of itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Tells a backup from any other archive.
pub(super) const FORMAT: &str = "neopro-backup";
/// Raised when older programs could not read it any more.
pub(super) const FORMAT_VERSION: u32 = 1;
/// The last entry.
pub(super) const PATH: &str = "manifest.json";

/// What a backup says of itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Manifest {
    pub(super) format: String,
    pub(super) format_version: u32,
    /// Version of the program that made it.
    pub program: String,
    /// The last migration of its database.
    pub schema: String,
    /// When its rows were read.
    pub made_at: DateTime<Utc>,
    /// Every table, in the order in which rows may be put back.
    pub tables: Vec<TableEntry>,
    /// Every object.
    pub objects: Vec<ObjectEntry>,
    /// Names of videos whose file was missing or damaged when the backup was made.
    pub lost: Vec<String>,
}

/// A table of a backup.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct TableEntry {
    /// Its name.
    pub name: String,
    /// How many rows it had.
    pub rows: u64,
    /// SHA-256 of all its lines.
    pub sha256: String,
    pub(super) columns: Vec<String>,
}

/// An object of a backup.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ObjectEntry {
    /// Its key in the storage.
    pub key: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// Bytes of all objects.
    pub fn bytes(&self) -> u64 {
        self.objects.iter().map(|object| object.size).sum()
    }
}
