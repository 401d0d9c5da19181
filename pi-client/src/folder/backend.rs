//! What the database stands on: a file of the folder that is written anywhere.

use std::fs::{self, OpenOptions};
use std::io;
use std::ops::Bound;

use redb::backends::FileBackend;
use redb::{BackendError, DatabaseError, StorageBackend};

use super::Folder;

/// The database's own file, within the folder's limit and before its witness.
#[derive(Debug)]
pub(crate) struct Backend {
    file: FileBackend,
    folder: Folder,
    /// What the witness calls it.
    id: u64,
}

impl Backend {
    /// Opens the file of this name; made when missing, so that its name survives a power cut.
    pub(crate) fn open(folder: &Folder, name: &str) -> Result<Self, DatabaseError> {
        let path = folder.path(name);
        let there = fs::exists(&path)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = FileBackend::new(options.open(&path)?)?;
        let mut id = 0;
        folder.witness(|witness| id = witness.opened(name, there));
        if !there {
            folder.sync_names_beside(name)?;
        }
        Ok(Self {
            file,
            folder: folder.clone(),
            id,
        })
    }
}

impl StorageBackend for Backend {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.read(offset, out)
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        let more = length.saturating_sub(self.file.len()?);
        if more > 0 {
            self.folder.room_for(more)?;
        }
        self.file.set_len(length)?;
        self.folder
            .witness(|witness| witness.set_len(self.id, length));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.file.sync_data()?;
        self.folder.witness(|witness| witness.synced(self.id));
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write(offset, bytes)?;
        self.folder
            .witness(|witness| witness.wrote(self.id, offset, bytes));
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}
