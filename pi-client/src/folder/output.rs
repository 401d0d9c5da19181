//! A file of the folder that is being written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;

use super::Folder;

/// Who may read a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Access {
    /// Its owner alone.
    Private,
    /// Every user of the machine.
    Public,
}

/// An open file: bytes go to its end.
#[derive(Debug)]
pub(crate) struct Output {
    folder: Folder,
    name: String,
    file: File,
    /// What the witness calls it.
    id: u64,
    length: u64,
}

impl Output {
    pub(super) fn create(folder: &Folder, name: &str, access: Access) -> io::Result<Self> {
        let mode = match access {
            Access::Private => 0o600,
            Access::Public => 0o644,
        };
        let mut options = OpenOptions::new();
        options.append(true).create_new(true).mode(mode);
        Self::open(folder, name, &options)
    }

    pub(super) fn append(folder: &Folder, name: &str) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(0o644);
        Self::open(folder, name, &options)
    }

    fn open(folder: &Folder, name: &str, options: &OpenOptions) -> io::Result<Self> {
        let path = folder.path(name);
        let there = fs::exists(&path)?;
        let file = options.open(&path)?;
        let length = file.metadata()?.len();
        let mut id = 0;
        folder.witness(|witness| id = witness.opened(name, there));
        Ok(Self {
            folder: folder.clone(),
            name: name.to_owned(),
            file,
            id,
            length,
        })
    }

    /// Its name in the folder.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Bytes of it.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Adds bytes. After an error some of them may be there: the length says how many.
    pub(crate) fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let room = self.folder.room_for(bytes.len() as u64);
        let written = room.and_then(|()| self.file.write_all(bytes));
        let length = self.file.metadata()?.len();
        let kept = usize::try_from(length - self.length).unwrap_or(bytes.len());
        self.folder
            .witness(|witness| witness.wrote(self.id, self.length, &bytes[..kept]));
        self.length = length;
        written
    }

    /// Forgets every byte.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.length = 0;
        self.folder.witness(|witness| witness.set_len(self.id, 0));
        Ok(())
    }

    /// Waits until every byte so far is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()?;
        self.folder.witness(|witness| witness.synced(self.id));
        Ok(())
    }
}
