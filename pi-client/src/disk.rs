//! Everything of the player that outlives a run, opened together.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::database::{Storage, StorageFailure};
use crate::durable::{self, Access};
use crate::identity::{Identity, IdentityError};
use crate::memory::Memory;
use crate::spool::Spool;
use crate::store::Store;

/// Where a running player says at which address its pages are.
pub(crate) const ADDRESS_FILE: &str = "address";

/// Why the player's folder cannot be used; the sentences are for who started it.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The system refuses.
    #[error("le dossier {folder} ne peut être utilisé : {cause}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The database cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageFailure),
}

/// A player's folder; one player at a time has it open.
pub(crate) struct Disk {
    folder: PathBuf,
    pub(crate) identity: Arc<Identity>,
    pub(crate) memory: Memory,
    pub(crate) spool: Spool,
    pub(crate) store: Store,
}

impl Disk {
    /// Opens the folder, or makes it.
    pub(crate) fn open(folder: &Path) -> Result<Self, DiskError> {
        std::fs::create_dir_all(folder).map_err(|cause| unusable(folder, cause))?;
        // First: its lock keeps a second player away from everything else.
        let storage = Storage::open(folder)?;
        let spool = Spool::open(storage.clone())?;
        let lost = spool.lost()?;
        if lost > 0 {
            tracing::warn!(plays.lost = lost, "too many plays waited once");
        }
        Ok(Self {
            folder: folder.to_owned(),
            identity: Arc::new(Identity::load_or_create(folder)?),
            memory: Memory::new(storage),
            spool,
            store: Store::open(folder).map_err(|cause| unusable(folder, cause))?,
        })
    }

    /// Says where the pages are, for who asks from beside the player.
    pub(crate) fn note_address(&self, address: SocketAddr) -> Result<(), DiskError> {
        let text = address.to_string();
        let path = self.folder.join(ADDRESS_FILE);
        durable::write(&path, text.as_bytes(), Access::Public)
            .map_err(|cause| unusable(&self.folder, cause))
    }
}

fn unusable(folder: &Path, cause: io::Error) -> DiskError {
    DiskError::Folder {
        folder: folder.display().to_string(),
        cause,
    }
}
