//! The one embedded database of the player: what it remembers and its plays.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use chrono::Utc;
use redb::{Database, DatabaseError as Cause, Durability, ReadableDatabase, StorageError};
use redb::{ReadTransaction, WriteTransaction};

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

/// A handle on the open database; cheap to clone.
#[derive(Clone)]
pub(crate) struct Storage {
    database: Arc<Database>,
}

impl Storage {
    /// Opens the database of this folder, or makes it. A damaged one is set aside:
    /// a TV that plays again is worth more than what it remembered.
    pub(crate) fn open(directory: &Path) -> Result<Self, StorageFailure> {
        let path = directory.join(FILE);
        let database = match Database::create(&path) {
            Err(Cause::Storage(StorageError::Corrupted(reason))) => {
                let aside = set_aside(&path).map_err(StorageFailure::Damaged)?;
                tracing::error!(reason, aside = %aside.display(), "the database was damaged; starting anew");
                Database::create(&path)
            }
            other => other,
        };
        match database {
            Ok(database) => Ok(Self {
                database: Arc::new(database),
            }),
            Err(Cause::DatabaseAlreadyOpen) => Err(StorageFailure::InUse),
            Err(error) => Err(redb::Error::from(error).into()),
        }
    }

    /// Reads from one consistent state.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&ReadTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, StorageFailure> {
        let read = || work(&self.database.begin_read()?);
        Ok(read()?)
    }

    /// Changes everything or nothing; on the disk (fsync) when it returns.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, StorageFailure> {
        let write = || {
            let mut transaction = self.database.begin_write()?;
            transaction.set_durability(Durability::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok::<_, redb::Error>(answer)
        };
        Ok(write()?)
    }
}

fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = path.with_extension(format!("damaged-{}", Utc::now().timestamp()));
    fs::rename(path, &aside)?;
    Ok(aside)
}
