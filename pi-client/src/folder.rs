//! The player's folder: the one way in which its parts change files.
//!
//! What is written whole is whole after a power cut at any instruction. The folder keeps its limit
//! and its reserve, so that a full disk is met in one place, and tells a [`Witness`] what reaches
//! the disk in which order.

mod backend;
mod output;
mod reserve;
mod space;
#[cfg(test)]
mod tests;
mod witness;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use backend::Backend;
pub(crate) use output::{Access, Output};
pub use space::Space;
pub use witness::{Operation, Witness};

/// A handle on the folder; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    space: Space,
    witness: Option<Witness>,
}

impl Folder {
    /// The folder at this path; made when missing.
    pub(crate) fn open(root: &Path, space: Space, witness: Option<Witness>) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let root = root.to_owned();
        Ok(Self {
            inner: Arc::new(Inner {
                root,
                space,
                witness,
            }),
        })
    }

    /// Makes a folder inside it.
    pub(crate) fn make(&self, name: &str) -> io::Result<()> {
        fs::create_dir_all(self.path(name))?;
        File::open(&self.inner.root)?.sync_all()
    }

    /// Where something of this name is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.inner.root.join(name)
    }

    /// Writes a file so that it holds the old bytes or the new ones, never a part of them: on a
    /// full disk in the room of the reserve.
    pub(crate) fn write(&self, name: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        match self.write_in_room(name, bytes, access) {
            Err(error) if is_full(&error) && self.release_reserve() => {
                self.write_in_room(name, bytes, access)
            }
            other => other,
        }
    }

    /// The same for what is not worth the reserve.
    pub(crate) fn write_in_room(&self, name: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        let temporary = format!("{name}.new");
        // Left behind by a cut: its mode may be another's.
        self.remove_if_there(&temporary)?;
        let mut output = self.create(&temporary, access)?;
        output.write_all(bytes)?;
        output.sync()?;
        self.rename(&temporary, name)
    }

    /// Makes a file that was not there.
    pub(crate) fn create(&self, name: &str, access: Access) -> io::Result<Output> {
        Output::create(self, name, access)
    }

    /// Opens a file to write where it ends; made when missing.
    pub(crate) fn append(&self, name: &str) -> io::Result<Output> {
        Output::append(self, name)
    }

    /// Renames a file and makes the new name survive a power cut.
    pub(crate) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path(from), self.path(to))?;
        self.witness(|witness| witness.renamed(from, to));
        self.sync_names_beside(to)
    }

    /// Removes a file; true when it was there.
    pub(crate) fn remove_if_there(&self, name: &str) -> io::Result<bool> {
        match fs::remove_file(self.path(name)) {
            Ok(()) => {
                self.witness(|witness| witness.removed(name));
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Makes the names in the directory of `name` survive a power cut.
    pub(crate) fn sync_names_beside(&self, name: &str) -> io::Result<()> {
        let path = self.path(name);
        File::open(path.parent().unwrap_or(&self.inner.root))?.sync_all()?;
        self.witness(|witness| witness.synced_names(name));
        Ok(())
    }

    fn witness(&self, tell: impl FnOnce(&Witness)) {
        if let Some(witness) = &self.inner.witness {
            tell(witness);
        }
    }
}

/// Whether the disk has no room left.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}
