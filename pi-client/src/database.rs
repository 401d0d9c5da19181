//! The one embedded database of the player: what it remembers and its plays.

use std::io;
use std::sync::Arc;

use chrono::Utc;
use parking_lot::RwLock;
use redb::{Builder, Database, DatabaseError as Cause, Durability, ReadableDatabase, StorageError};
use redb::{ReadTransaction, WriteTransaction};

use crate::folder::{Backend, Folder, is_full};

const FILE: &str = "player.redb";

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StorageFailure {
    /// Another process has it open.
    #[error("un lecteur tourne déjà sur ce dossier")]
    InUse,
    /// The disk refuses, or a program error.
    #[error("la base du lecteur ne répond pas : {0}")]
    Redb(#[from] Box<redb::Error>),
    /// A damaged file cannot be set aside.
    #[error("la base du lecteur est abîmée et ne peut être mise de côté : {0}")]
    Damaged(#[source] io::Error),
}

impl From<redb::Error> for StorageFailure {
    fn from(error: redb::Error) -> Self {
        Self::Redb(Box::new(error))
    }
}

impl StorageFailure {
    /// Whether the disk refused: the database must be opened again before it answers.
    fn is_of_disk(&self) -> bool {
        let Self::Redb(error) = self else {
            return false;
        };
        matches!(**error, redb::Error::Io(_) | redb::Error::PreviousIo)
    }

    fn is_of_full_disk(&self) -> bool {
        matches!(self, Self::Redb(error) if matches!(&**error, redb::Error::Io(error) if is_full(error)))
    }
}

/// A handle on the open database; cheap to clone.
#[derive(Clone)]
pub(crate) struct Storage {
    folder: Folder,
    /// Empty when the disk refused to open it again.
    database: Arc<RwLock<Option<Database>>>,
}

impl Storage {
    /// Opens the database of this folder, or makes it. A damaged one is set aside:
    /// a TV that plays again is worth more than what it remembered.
    pub(crate) fn open(folder: &Folder) -> Result<Self, StorageFailure> {
        let database = match open(folder) {
            Err(failure) if failure.is_of_full_disk() && folder.release_reserve() => open(folder),
            other => other,
        };
        Ok(Self {
            folder: folder.clone(),
            database: Arc::new(RwLock::new(Some(database?))),
        })
    }

    /// Reads from one consistent state.
    pub(crate) fn read<T>(
        &self,
        work: impl Fn(&ReadTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, StorageFailure> {
        self.work(|database| work(&database.begin_read()?))
    }

    /// Changes everything or nothing; on the disk (fsync) when it returns. On a full disk the work
    /// is done a second time, in the room of the reserve: it must not mind.
    pub(crate) fn write<T>(
        &self,
        work: impl Fn(&WriteTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, StorageFailure> {
        self.work(|database| {
            let mut transaction = database.begin_write()?;
            transaction.set_durability(Durability::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })
    }

    fn work<T>(
        &self,
        work: impl Fn(&Database) -> Result<T, redb::Error>,
    ) -> Result<T, StorageFailure> {
        let first = match &*self.database.read() {
            Some(database) => work(database).map_err(StorageFailure::from),
            None => Err(redb::Error::PreviousIo.into()),
        };
        match first {
            Err(failure) if failure.is_of_disk() => {
                if failure.is_of_full_disk() {
                    self.folder.release_reserve();
                }
                self.open_again()?;
                match &*self.database.read() {
                    Some(database) => Ok(work(database)?),
                    None => Err(failure),
                }
            }
            other => other,
        }
    }

    /// After a refusal of the disk the database does not answer until it is opened again.
    fn open_again(&self) -> Result<(), StorageFailure> {
        let mut slot = self.database.write();
        // Closed first: its lock would keep the new one out.
        drop(slot.take());
        *slot = Some(open(&self.folder)?);
        Ok(())
    }
}

fn open(folder: &Folder) -> Result<Database, StorageFailure> {
    let database = match create(folder) {
        Err(Cause::Storage(error)) if is_damage(&error) => {
            let aside = set_aside(folder).map_err(StorageFailure::Damaged)?;
            tracing::error!(%error, aside, "the database was damaged; starting anew");
            create(folder)
        }
        other => other,
    };
    match database {
        Ok(database) => Ok(database),
        Err(Cause::DatabaseAlreadyOpen) => Err(StorageFailure::InUse),
        Err(error) => Err(redb::Error::from(error).into()),
    }
}

fn create(folder: &Folder) -> Result<Database, Cause> {
    Builder::new().create_with_backend(Backend::open(folder, FILE)?)
}

/// Not a database at all, or not a whole one.
fn is_damage(error: &StorageError) -> bool {
    match error {
        StorageError::Corrupted(_) => true,
        StorageError::Io(error) => matches!(
            error.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
        ),
        _ => false,
    }
}

fn set_aside(folder: &Folder) -> io::Result<String> {
    let aside = format!("{FILE}.damaged-{}", Utc::now().timestamp());
    folder.rename(FILE, &aside)?;
    Ok(aside)
}
