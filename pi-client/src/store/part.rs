//! A file that is being fetched: its bytes so far, and their hash.

use std::fs::{self, File};
use std::io::{self, Read};

use api::hash::FileHash;
use api::player::ManifestFile;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedMutexGuard;
use tokio::task::spawn_blocking;

use super::{Store, name_of, part_of, validator_of};
use crate::client::Resume;
use crate::fault;
use crate::folder::{Access, Output};

/// Bytes that are written at once.
const PIECE: usize = 256 * 1024;
/// Bytes that a power cut may cost.
const SYNC_EVERY: u64 = 16 * 1024 * 1024;

/// An open `.part`. Its calls run beside the network's tasks: a card may need seconds.
pub(super) struct Part {
    /// Away while a call works on it.
    writing: Option<Writing>,
    store: Store,
    wanted: ManifestFile,
    /// Received and not written yet.
    buffer: Vec<u8>,
    written: u64,
}

/// The file itself.
struct Writing {
    output: Output,
    hasher: Sha256,
    synced: u64,
    /// Held until the last write is done, also when nobody waits for it any more.
    _turn: OwnedMutexGuard<()>,
}

impl Part {
    /// What was fetched before, read again: the disk may have lost its end.
    pub(super) async fn open(store: &Store, wanted: &ManifestFile) -> io::Result<Self> {
        let turn = store.turn.clone().lock_owned().await;
        let mut part = Self {
            writing: None,
            store: store.clone(),
            wanted: *wanted,
            buffer: Vec::new(),
            written: 0,
        };
        let (store, wanted) = (store.clone(), *wanted);
        let open = move || {
            let name = part_of(wanted.sha256);
            let mut output = store.folder.append(&name)?;
            if output.length() > wanted.size {
                output.clear()?;
            }
            Ok::<_, io::Error>(Writing {
                hasher: hash(File::open(store.folder.path(&name))?)?,
                synced: output.length(),
                output,
                _turn: turn,
            })
        };
        let writing = spawn_blocking(open).await??;
        part.written = writing.output.length();
        part.writing = Some(writing);
        Ok(part)
    }

    /// Bytes so far.
    pub(super) fn length(&self) -> u64 {
        self.written + self.buffer.len() as u64
    }

    /// From where to go on, if there is anything to go on from.
    pub(super) fn resume(&self) -> Option<Resume> {
        let name = validator_of(self.wanted.sha256);
        let etag = fs::read_to_string(self.store.folder.path(&name)).ok();
        (self.length() > 0).then_some(Resume {
            from: self.length(),
            etag: etag.filter(|etag| !etag.is_empty()),
        })
    }

    /// Forgets every byte: those that come are named by this validator.
    pub(super) async fn restart(&mut self, validator: String) -> io::Result<()> {
        self.buffer.clear();
        let store = self.store.clone();
        let name = validator_of(self.wanted.sha256);
        self.work(move |writing| {
            writing.output.clear()?;
            writing.hasher = Sha256::new();
            writing.synced = 0;
            store
                .folder
                .write_in_room(&name, validator.as_bytes(), Access::Public)
        })
        .await
    }

    /// Adds bytes.
    pub(super) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush().await?;
        }
        Ok(())
    }

    /// Hands every byte to the system, so that a later call finds them.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.buffer);
        let size = self.wanted.size;
        self.work(move |writing| {
            writing.output.write_all(&bytes)?;
            writing.hasher.update(&bytes);
            let length = writing.output.length();
            if length - writing.synced >= SYNC_EVERY {
                writing.output.sync()?;
                writing.synced = length;
            }
            if length < size {
                fault::reach("file-half");
            }
            Ok(())
        })
        .await
    }

    /// Whether the bytes so far are the file.
    pub(super) fn is_right(&self) -> bool {
        let hash = |writing: &Writing| FileHash(writing.hasher.clone().finalize().into());
        self.writing.as_ref().map(hash) == Some(self.wanted.sha256)
    }

    /// The bytes are the right ones: from now on the file is in the store, whatever happens.
    pub(super) async fn keep(mut self) -> io::Result<()> {
        let (store, sha256) = (self.store.clone(), self.wanted.sha256);
        self.work(move |writing| {
            fault::reach("file-complete");
            writing.output.sync()?;
            fault::reach("file-synced");
            store
                .folder
                .rename(writing.output.name(), &name_of(sha256))?;
            fault::reach("file-renamed");
            store.folder.remove_if_there(&validator_of(sha256))?;
            Ok(())
        })
        .await
    }

    /// The bytes are wrong: none of them is used again.
    pub(super) async fn discard(mut self) -> io::Result<()> {
        let (store, sha256) = (self.store.clone(), self.wanted.sha256);
        self.work(move |writing| {
            store.folder.remove_if_there(writing.output.name())?;
            store.folder.remove_if_there(&validator_of(sha256))?;
            Ok(())
        })
        .await
    }

    async fn work(
        &mut self,
        work: impl FnOnce(&mut Writing) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let mut writing = self
            .writing
            .take()
            .expect("a part whose call was given up is not used again");
        let (writing, done) = spawn_blocking(move || {
            let done = work(&mut writing);
            (writing, done)
        })
        .await?;
        self.written = writing.output.length();
        self.writing = Some(writing);
        done
    }
}

fn hash(mut file: File) -> io::Result<Sha256> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok(hasher);
        }
        hasher.update(&piece[..length]);
    }
}
