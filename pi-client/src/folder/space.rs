//! How much of the disk the player may take, and how much is left.

use std::fs;
use std::io;
use std::path::Path;

use rustix::fs::statvfs;

use super::Folder;

/// Set aside by default for what the player must always be able to write.
const RESERVE: u64 = 128 * 1024 * 1024;
/// Left to the machine by default when files are fetched.
const KEEP_FREE: u64 = 512 * 1024 * 1024;

/// How the player shares its disk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Space {
    /// Bytes of a file that only holds room: it is given up when the disk is full, so that
    /// configuration and plays can still be written.
    pub reserve: u64,
    /// Bytes that downloads leave free.
    pub keep_free: u64,
    /// Most bytes of the player's folder; by default what the disk has.
    pub limit: Option<u64>,
}

impl Default for Space {
    fn default() -> Self {
        Self {
            reserve: RESERVE,
            keep_free: KEEP_FREE,
            limit: None,
        }
    }
}

impl Folder {
    /// Bytes that can still be written.
    pub(crate) fn free(&self) -> io::Result<u64> {
        let disk = statvfs(&self.inner.root)?;
        let left = disk.f_bavail.saturating_mul(disk.f_frsize);
        match self.inner.space.limit {
            None => Ok(left),
            Some(limit) => Ok(left.min(limit.saturating_sub(used(&self.inner.root)?))),
        }
    }

    /// Bytes that a download must find beyond its own.
    pub(crate) fn keep_free(&self) -> u64 {
        self.inner.space.keep_free
    }

    /// Refuses as a full disk does when this many bytes more would pass the limit.
    pub(crate) fn room_for(&self, more: u64) -> io::Result<()> {
        let Some(limit) = self.inner.space.limit else {
            return Ok(());
        };
        if used(&self.inner.root)?.saturating_add(more) > limit {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

fn used(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Removed since it was listed: it takes no room.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        bytes += if metadata.is_dir() {
            used(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}
