//! A file that is being fetched: its bytes so far, and their hash.

use std::io;
use std::path::PathBuf;

use api::hash::FileHash;
use api::player::ManifestFile;
use sha2::{Digest, Sha256};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::task::spawn_blocking;

use super::{HashWriter, Store};
use crate::client::Resume;
use crate::durable;

/// An open `.part`.
pub(super) struct Part {
    file: File,
    path: PathBuf,
    hasher: Sha256,
    length: u64,
}

impl Part {
    /// What was fetched before, read again: the disk may have lost its end.
    pub(super) async fn open(store: &Store, wanted: &ManifestFile) -> io::Result<Self> {
        let path = store.part_path(wanted.sha256);
        let there = path.clone();
        let (hasher, length) = spawn_blocking(move || hash(&there)).await??;
        let file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .await?;
        let mut part = Self {
            file,
            path,
            hasher,
            length,
        };
        if part.length > wanted.size {
            part.restart().await?;
        }
        Ok(part)
    }

    /// Bytes so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// From where to go on, if there is anything to go on from.
    pub(super) async fn resume(&self, store: &Store, sha256: FileHash) -> Option<Resume> {
        let etag = fs::read_to_string(store.validator_path(sha256)).await.ok();
        (self.length > 0).then_some(Resume {
            from: self.length,
            etag: etag.filter(|etag| !etag.is_empty()),
        })
    }

    /// Forgets every byte.
    pub(super) async fn restart(&mut self) -> io::Result<()> {
        self.file.set_len(0).await?;
        self.hasher = Sha256::new();
        self.length = 0;
        Ok(())
    }

    /// Adds bytes.
    pub(super) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.hasher.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Hands every byte to the system, so that a later call finds them.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        self.file.flush().await
    }

    /// The hash of all bytes so far.
    pub(super) fn hash(&self) -> FileHash {
        FileHash(self.hasher.clone().finalize().into())
    }

    /// The bytes are the right ones: from now on the file is in the store, whatever happens.
    pub(super) async fn keep(mut self, store: &Store, sha256: FileHash) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let (from, to) = (self.path, store.path(sha256));
        spawn_blocking(move || durable::rename(&from, &to)).await??;
        forget_validator(store, sha256).await
    }

    /// The bytes are wrong: none of them is used again.
    pub(super) async fn discard(self, store: &Store, sha256: FileHash) -> io::Result<()> {
        fs::remove_file(&self.path).await?;
        forget_validator(store, sha256).await
    }
}

async fn forget_validator(store: &Store, sha256: FileHash) -> io::Result<()> {
    match fs::remove_file(store.validator_path(sha256)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn hash(path: &std::path::Path) -> io::Result<(Sha256, u64)> {
    let mut hasher = Sha256::new();
    let length = match std::fs::File::open(path) {
        Ok(mut file) => io::copy(&mut file, &mut HashWriter(&mut hasher))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    Ok((hasher, length))
}
