//! Everything that an installation keeps, in one file, and back.
//!
//! The file is a tar archive that any such program lists: `tables/…`, rows as lines of JSON in pieces
//! of bounded size; `objects/…`, videos and thumbnails as they are; at the end `manifest.json`, which
//! says what must have been there, with sizes, counts and SHA-256. Rows are those of one moment and
//! name no kind of database: what SQLite kept comes back in PostgreSQL, and the other way round.
//!
//! What belongs to a moment or to a machine stays out (`table::LEFT`): sessions, throttles, uploads
//! on their way, and every secret that is not a row.

mod archive;
mod check;
mod create;
mod fault;
mod manifest;
mod object;
mod restore;
mod rows;
mod table;

use std::path::Path;

pub use fault::BackupFault;
pub use manifest::Manifest;

use crate::database::Database;
use crate::storage::Storage;
use crate::{Settings, make_folder};

/// The result of every verb of this module.
pub type Outcome<T> = Result<T, BackupFault>;

/// What is being worked on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress<'a> {
    /// The rows of a table begin.
    Table(&'a str),
    /// An object begins.
    Object {
        /// Its number, from 1.
        number: usize,
        /// How many there are; 0 where nobody knows yet.
        of: usize,
        /// Its size in bytes.
        size: u64,
    },
}

/// Writes the whole installation of these settings to `file`, which must not be there yet, while the
/// server may run. The file has its name only once it is complete and on the disk, and only its owner
/// reads it: it has hashes of passwords.
///
/// # Errors
/// When database or storage cannot be reached, or the file cannot be written. A video whose file is
/// missing or damaged does not keep the others from being saved: see [`Manifest::lost`].
pub async fn create(
    settings: &Settings,
    file: &Path,
    told: impl Fn(Progress<'_>) + Send,
) -> Outcome<Manifest> {
    if tokio::fs::try_exists(file).await? {
        return Err(BackupFault::Exists);
    }
    let place = Place::open(settings).await?;
    let made = create::create(&place, file, told).await;
    place.close().await?;
    made
}

/// Reads a backup to its end and compares it with what it says of itself.
///
/// # Errors
/// When anything is missing, added or changed.
pub async fn verify(file: &Path, told: impl Fn(Progress<'_>) + Send) -> Outcome<Manifest> {
    check::check(file, &told).await
}

/// Puts a backup into the empty installation of these settings: the whole of it is verified first,
/// then the objects are put back, then all rows in one transaction. Interrupted, it leaves the
/// database empty and may be run again.
///
/// # Errors
/// As [`verify`]; and when the installation is not empty, or the backup is of another version.
pub async fn restore(
    settings: &Settings,
    file: &Path,
    told: impl Fn(Progress<'_>) + Send,
) -> Outcome<Manifest> {
    let manifest = check::check(file, &told).await?;
    let place = Place::open(settings).await?;
    let restored = restore::restore(&place, file, &manifest, &told).await;
    place.close().await?;
    restored?;
    Ok(manifest)
}

/// An installation without anything that runs.
struct Place {
    database: Database,
    storage: Storage,
}

impl Place {
    async fn open(settings: &Settings) -> Outcome<Self> {
        make_folder(&settings.data).await?;
        let url = settings.database_url.as_ref();
        let database = Database::open(url, &settings.data).await?;
        let files = settings.data.join("files");
        let storage = Storage::open(settings.bucket.as_ref(), &files).await?;
        Ok(Self { database, storage })
    }

    async fn close(self) -> Outcome<()> {
        Ok(self.database.close().await?)
    }
}
