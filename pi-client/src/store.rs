//! Files on the disk, named by the SHA-256 of their bytes.

mod download;
mod part;
mod range;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use api::hash::FileHash;
use api::player::ManifestFile;
use sha2::{Digest, Sha256};

pub(crate) use download::DownloadError;

/// The content-addressed store. A file that is here under its name was verified.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    directory: PathBuf,
}

impl Store {
    /// The store in this folder; made when missing.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let directory = data.join("files");
        fs::create_dir_all(&directory)?;
        Ok(Self { directory })
    }

    /// Where the file is or will be.
    pub(crate) fn path(&self, sha256: FileHash) -> PathBuf {
        self.directory.join(sha256.to_string())
    }

    /// Whether the file is here, whole.
    pub(crate) fn has(&self, file: &ManifestFile) -> bool {
        fs::metadata(self.path(file.sha256)).is_ok_and(|found| found.len() == file.size)
    }

    /// Bytes of a file that are here, whole or not.
    pub(crate) fn bytes_of(&self, file: &ManifestFile) -> u64 {
        if self.has(file) {
            return file.size;
        }
        let part = fs::metadata(self.part_path(file.sha256));
        part.map_or(0, |part| part.len().min(file.size))
    }

    /// Reads a file again and removes it when its bytes are not what its name says.
    /// True when it was removed. Blocks for as long as the disk needs.
    pub(crate) fn drop_if_damaged(&self, sha256: FileHash) -> io::Result<bool> {
        let path = self.path(sha256);
        let mut hasher = Sha256::new();
        let mut file = File::open(&path)?;
        io::copy(&mut file, &mut HashWriter(&mut hasher))?;
        let damaged = FileHash(hasher.finalize().into()) != sha256;
        if damaged {
            fs::remove_file(&path)?;
        }
        Ok(damaged)
    }

    /// Removes every file that is not named here, and what was begun of them.
    pub(crate) fn evict(&self, keep: &HashSet<FileHash>) -> io::Result<()> {
        for entry in fs::read_dir(&self.directory)? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|stem| stem.to_str());
            let named: Option<FileHash> = name.and_then(|name| name.parse().ok());
            if named.is_some_and(|sha256| !keep.contains(&sha256)) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    fn part_path(&self, sha256: FileHash) -> PathBuf {
        self.path(sha256).with_extension("part")
    }

    fn validator_path(&self, sha256: FileHash) -> PathBuf {
        self.path(sha256).with_extension("etag")
    }
}

/// Hashes what is written to it.
struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
