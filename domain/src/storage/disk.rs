//! Files in a folder of this machine.

mod assembly;
mod listing;

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use api::hash::FileHash;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use super::{ObjectKey, ObjectKind, ReceiveError};

/// Ending of a file that belongs to a request under way.
const PART: &str = "part";

/// A folder of this machine.
#[derive(Debug)]
pub(crate) struct Disk {
    root: PathBuf,
}

/// A received file, durable once it is kept. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct Incoming {
    part: Part,
    size: u64,
    sha256: FileHash,
    /// The object of the bucket that has the same bytes.
    object: Option<String>,
}

impl Incoming {
    /// Where its bytes are meanwhile.
    pub(crate) fn path(&self) -> &Path {
        &self.part.0
    }

    /// Size in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The object of the bucket that has the same bytes, if there is one.
    pub(super) fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    /// Says which object of the bucket has the same bytes.
    pub(super) fn known_as(self, object: String) -> Self {
        Self {
            object: Some(object),
            ..self
        }
    }

    /// SHA-256 of its bytes.
    pub(crate) fn sha256(&self) -> FileHash {
        self.sha256
    }
}

/// Removes an unfinished file, however its upload ends.
#[derive(Debug)]
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Unlinking is quick and must also happen when the upload's task is cancelled.
        match std::fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "an unfinished upload could not be removed");
            }
            _ => {}
        }
    }
}

impl Disk {
    /// Prepares the folder.
    pub(crate) async fn open(root: &Path) -> io::Result<Self> {
        let disk = Self {
            root: root.to_owned(),
        };
        for kind in [ObjectKind::Video, ObjectKind::Thumbnail] {
            fs::create_dir_all(disk.root.join(kind.folder())).await?;
        }
        fs::create_dir_all(disk.incoming()).await?;
        Ok(disk)
    }

    /// Whether the folder is there: a volume may be gone.
    pub(super) async fn probe(&self) -> io::Result<()> {
        fs::read_dir(self.incoming()).await.map(drop)
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    fn path(&self, key: &ObjectKey) -> PathBuf {
        self.root.join(&key.0)
    }

    /// Removes parts that nothing has touched since `time`: their process is gone.
    pub(super) async fn collect_parts(&self, time: DateTime<Utc>) -> io::Result<()> {
        let mut entries = fs::read_dir(self.incoming()).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            let is_part = path.extension().is_some_and(|extension| extension == PART);
            // Not the time of its content: a link to an assembled upload is younger than that.
            if is_part && entry.metadata().await?.ctime() < time.timestamp() {
                remove(&path).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn receive(
        &self,
        mut bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin,
        limit: u64,
    ) -> Result<Incoming, ReceiveError> {
        let (part, mut file) = self.part().await.map_err(ReceiveError::Write)?;
        let (mut size, mut hash) = (0, Sha256::new());
        while let Some(piece) = bytes.next().await {
            let piece = piece.map_err(ReceiveError::Interrupted)?;
            size += piece.len() as u64;
            if size > limit {
                return Err(ReceiveError::TooLarge(limit));
            }
            hash.update(&piece);
            file.write_all(&piece).await.map_err(ReceiveError::Write)?;
        }
        file.flush().await.map_err(ReceiveError::Write)?;
        let sha256 = FileHash(hash.finalize().into());
        Ok(Incoming {
            part,
            size,
            sha256,
            object: None,
        })
    }

    async fn part(&self) -> io::Result<(Part, File)> {
        let part = self.unused_part();
        let file = File::create_new(&part.0).await?;
        Ok((part, file))
    }

    fn unused_part(&self) -> Part {
        let name = format!("{}.{PART}", uuid::Uuid::new_v4().simple());
        Part(self.incoming().join(name))
    }

    pub(super) async fn put(&self, key: &ObjectKey, bytes: &[u8]) -> io::Result<()> {
        let (part, mut file) = self.part().await?;
        file.write_all(bytes).await?;
        file.flush().await?;
        self.settle(&part, key).await
    }

    pub(super) async fn keep(&self, key: &ObjectKey, incoming: Incoming) -> io::Result<()> {
        self.settle(&incoming.part, key).await
    }

    /// Gives a finished file its name, in one step, once its bytes are on the disk.
    async fn settle(&self, part: &Part, key: &ObjectKey) -> io::Result<()> {
        let path = self.path(key);
        File::open(&part.0).await?.sync_all().await?;
        fs::rename(&part.0, &path).await?;
        // The name survives a power cut only once its folder is on the disk.
        if let Some(folder) = path.parent() {
            File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    pub(super) async fn open_file(&self, key: &ObjectKey) -> io::Result<File> {
        File::open(self.path(key)).await
    }

    pub(crate) async fn read(&self, key: &ObjectKey) -> io::Result<Bytes> {
        fs::read(self.path(key)).await.map(Bytes::from)
    }

    pub(super) async fn delete(&self, key: &ObjectKey) -> io::Result<()> {
        remove(&self.path(key)).await
    }
}

/// Removes a file, if it is there.
async fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests;
