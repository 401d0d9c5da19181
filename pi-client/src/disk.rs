//! Everything of the player that outlives a run, opened together.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use crate::database::{Storage, StorageFailure};
use crate::fault;
use crate::folder::{Access, Folder, Space, Witness};
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
    pub(crate) folder: Folder,
    pub(crate) identity: Arc<Identity>,
    pub(crate) memory: Memory,
    pub(crate) spool: Spool,
    pub(crate) store: Store,
}

impl Disk {
    /// Opens the folder, or makes it.
    pub(crate) fn open(
        path: &Path,
        space: Space,
        witness: Option<Witness>,
    ) -> Result<Self, DiskError> {
        let unusable = |cause| DiskError::Folder {
            folder: path.display().to_string(),
            cause,
        };
        let folder = Folder::open(path, space, witness).map_err(unusable)?;
        // First: its lock keeps a second player away from everything else.
        let storage = Storage::open(&folder)?;
        folder.restore_reserve();
        let spool = Spool::open(storage.clone())?;
        fault::reach("cut-plays-closed");
        let lost = spool.lost()?;
        if lost > 0 {
            tracing::warn!(plays.lost = lost, "plays of this player were lost once");
        }
        Ok(Self {
            identity: Arc::new(Identity::load_or_create(&folder)?),
            memory: Memory::new(storage),
            spool,
            store: Store::open(&folder).map_err(unusable)?,
            folder,
        })
    }

    /// Says where the pages are, for who asks from beside the player. A player whose disk refuses
    /// that plays all the same.
    pub(crate) fn note_address(&self, address: SocketAddr) {
        let text = address.to_string();
        let written = self
            .folder
            .write(ADDRESS_FILE, text.as_bytes(), Access::Public);
        if let Err(error) = written {
            tracing::warn!(%error, "the address of the pages cannot be noted");
        }
    }
}
