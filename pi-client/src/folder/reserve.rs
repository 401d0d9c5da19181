//! The reserve: room that is given up first when the disk is full.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};

use rustix::fs::{FallocateFlags, fallocate};
use rustix::io::Errno;

use super::Folder;

const NAME: &str = "reserve";

impl Folder {
    /// Gives the reserve up; true when that made room.
    pub(crate) fn release_reserve(&self) -> bool {
        let released = self.remove_if_there(NAME);
        match released {
            Ok(true) => {
                tracing::warn!(
                    reserve.bytes = self.inner.space.reserve,
                    "the disk is full: the reserve is given up, so that plays can still be kept"
                );
                true
            }
            Ok(false) => false,
            Err(error) => {
                tracing::error!(%error, "the reserve cannot be given up");
                false
            }
        }
    }

    /// Sets the reserve aside once there is room for it and for downloads.
    pub(crate) fn restore_reserve(&self) {
        let wanted = self.inner.space.reserve;
        let there = fs::metadata(self.path(NAME)).map_or(0, |reserve| reserve.len());
        if there == wanted || wanted == 0 {
            return;
        }
        let room = self.free().unwrap_or_default().saturating_add(there);
        if room < wanted.saturating_add(self.keep_free()) {
            return;
        }
        if let Err(error) = self.set_aside(wanted) {
            tracing::warn!(%error, "no reserve can be set aside on this disk");
            _ = self.remove_if_there(NAME);
        }
    }

    /// Real blocks, not a hole: they must be there when the disk is full.
    fn set_aside(&self, bytes: u64) -> io::Result<()> {
        self.remove_if_there(NAME)?;
        self.room_for(bytes)?;
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).open(self.path(NAME))?;
        match fallocate(&file, FallocateFlags::empty(), 0, bytes) {
            // Some file systems give blocks only for bytes.
            Err(Errno::OPNOTSUPP) => {
                io::copy(&mut io::repeat(0).take(bytes), &mut file)?;
                file.sync_all()
            }
            other => Ok(other?),
        }
    }
}
