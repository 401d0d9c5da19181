//! Reading files again: a card loses bits without a word.

use std::fs::File;
use std::io::{self, Read};
use std::thread::sleep;
use std::time::Duration;

use api::hash::FileHash;
use rustix::fs::{Advice, fadvise};
use sha2::{Digest, Sha256};

use super::{Store, name_of};

/// Bytes that are read at once.
const PIECE: usize = 256 * 1024;

/// What a file is found to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Condition {
    /// Its bytes are what its name says.
    Whole,
    /// They were not: it was removed.
    Damaged,
    /// It is not here.
    Missing,
}

impl Store {
    /// Reads a file again, with this pause after each quarter of a megabyte, and removes it when
    /// its bytes are not what its name says. Blocks for as long as that takes.
    pub(crate) fn check(&self, sha256: FileHash, pause: Duration) -> io::Result<Condition> {
        let read = match File::open(self.path(sha256)) {
            Ok(file) => hash(file, pause),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Condition::Missing),
            Err(error) => return Err(error),
        };
        // A sector that cannot be read is as bad as one that lies.
        if read.is_ok_and(|read| read == sha256) {
            return Ok(Condition::Whole);
        }
        self.folder.remove_if_there(&name_of(sha256))?;
        Ok(Condition::Damaged)
    }
}

fn hash(mut file: File, pause: Duration) -> io::Result<FileHash> {
    // From the card, not from what the system remembers of it.
    fadvise(&file, 0, None, Advice::DontNeed)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok(FileHash(hasher.finalize().into()));
        }
        hasher.update(&piece[..length]);
        sleep(pause);
    }
}
