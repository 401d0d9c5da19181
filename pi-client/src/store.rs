//! Files on the disk, named by the SHA-256 of their bytes.

mod answer;
mod check;
mod download;
mod evict;
mod part;
mod range;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use api::hash::FileHash;
use api::player::ManifestFile;
use tokio::sync::Mutex;

pub(crate) use check::Condition;
pub(crate) use download::DownloadError;
pub(crate) use evict::Needs;

use crate::folder::Folder;

/// Where the files are in the player's folder.
const DIRECTORY: &str = "files";

/// The content-addressed store. A file that is here under its name was verified.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    folder: Folder,
    /// One download at a time: the next one must not write behind the back of one that ends.
    turn: Arc<Mutex<()>>,
}

impl Store {
    /// The store in this folder; made when missing.
    pub(crate) fn open(folder: &Folder) -> io::Result<Self> {
        folder.make(DIRECTORY)?;
        Ok(Self {
            folder: folder.clone(),
            turn: Arc::default(),
        })
    }

    /// The folder that it is in.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Where the file is or will be.
    pub(crate) fn path(&self, sha256: FileHash) -> PathBuf {
        self.folder.path(&name_of(sha256))
    }

    /// Whether the file is here, whole.
    pub(crate) fn has(&self, file: &ManifestFile) -> bool {
        self.length(&name_of(file.sha256)) == Some(file.size)
    }

    /// Bytes of a file that are here, whole or not.
    pub(crate) fn bytes_of(&self, file: &ManifestFile) -> u64 {
        if self.has(file) {
            return file.size;
        }
        let part = self.length(&part_of(file.sha256));
        part.map_or(0, |part| part.min(file.size))
    }

    fn length(&self, name: &str) -> Option<u64> {
        let metadata = fs::metadata(self.folder.path(name)).ok()?;
        Some(metadata.len())
    }
}

/// The file's name in the player's folder.
fn name_of(sha256: FileHash) -> String {
    format!("{DIRECTORY}/{sha256}")
}

/// The name of what was fetched of it so far.
fn part_of(sha256: FileHash) -> String {
    format!("{DIRECTORY}/{sha256}.part")
}

/// The name of the validator of the answer that the part came from.
fn validator_of(sha256: FileHash) -> String {
    format!("{DIRECTORY}/{sha256}.etag")
}
