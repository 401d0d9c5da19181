//! Files in a folder of this machine.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use api::hash::FileHash;
use bytes::Bytes;
use futures::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use super::{ObjectKey, ObjectKind, ReceiveError};

/// An unfinished upload that was not written to for this long has lost its process. Shorter
/// would hit uploads of a server that runs while the command line opens the same folder.
const STALE_AFTER: Duration = Duration::from_hours(1);

/// A folder of this machine.
#[derive(Debug)]
pub(crate) struct Disk {
    root: PathBuf,
}

/// A received file. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct Incoming {
    part: Part,
    size: u64,
    sha256: FileHash,
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
    /// Prepares the folder and removes what interrupted uploads left there.
    pub(crate) async fn open(root: &Path) -> io::Result<Self> {
        let disk = Self {
            root: root.to_owned(),
        };
        for kind in [ObjectKind::Video, ObjectKind::Thumbnail] {
            fs::create_dir_all(disk.root.join(kind.folder())).await?;
        }
        fs::create_dir_all(disk.incoming()).await?;
        disk.collect_stale(SystemTime::now()).await?;
        Ok(disk)
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    fn path(&self, key: &ObjectKey) -> PathBuf {
        self.root.join(&key.0)
    }

    async fn collect_stale(&self, now: SystemTime) -> io::Result<()> {
        let mut entries = fs::read_dir(self.incoming()).await?;
        while let Some(entry) = entries.next_entry().await? {
            let written = entry.metadata().await?.modified()?;
            let is_part = entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "part");
            if is_part && now.duration_since(written).unwrap_or_default() > STALE_AFTER {
                fs::remove_file(entry.path()).await?;
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
        file.sync_all().await.map_err(ReceiveError::Write)?;
        let sha256 = FileHash(hash.finalize().into());
        Ok(Incoming { part, size, sha256 })
    }

    async fn part(&self) -> io::Result<(Part, File)> {
        let name = format!("{}.part", uuid::Uuid::new_v4().simple());
        let part = Part(self.incoming().join(name));
        let file = File::create_new(&part.0).await?;
        Ok((part, file))
    }

    pub(super) async fn put(&self, key: &ObjectKey, bytes: &[u8]) -> io::Result<()> {
        let (part, mut file) = self.part().await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        self.settle(&part, key).await
    }

    pub(super) async fn keep(&self, key: &ObjectKey, incoming: Incoming) -> io::Result<()> {
        self.settle(&incoming.part, key).await
    }

    /// Gives a finished file its name, in one step.
    async fn settle(&self, part: &Part, key: &ObjectKey) -> io::Result<()> {
        let path = self.path(key);
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

    pub(super) async fn read(&self, key: &ObjectKey) -> io::Result<Bytes> {
        fs::read(self.path(key)).await.map(Bytes::from)
    }

    pub(super) async fn delete(&self, key: &ObjectKey) -> io::Result<()> {
        match fs::remove_file(self.path(key)).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use bytes::Bytes;
    use futures::{StreamExt, TryStreamExt, stream};
    use tempfile::TempDir;

    use super::super::{ObjectKind, ReceiveError, Storage};
    use super::{Disk, STALE_AFTER};

    async fn storage() -> (TempDir, Storage) {
        let folder = TempDir::new().unwrap();
        let disk = Disk::open(folder.path()).await.unwrap();
        (folder, Storage::Disk(disk))
    }

    fn files(folder: &TempDir, name: &str) -> usize {
        std::fs::read_dir(folder.path().join(name)).unwrap().count()
    }

    #[tokio::test]
    async fn a_kept_file_reads_back_by_range() {
        let (folder, storage) = storage().await;
        let content: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        let pieces = stream::iter(content.chunks(1000).map(Bytes::copy_from_slice).map(Ok));
        let incoming = storage.receive(pieces, 200_000).await.unwrap();
        let sha256 = incoming.sha256();
        let key = storage.keep(ObjectKind::Video, incoming).await.unwrap();
        assert!(key.0.ends_with(&sha256.to_string()), "{key:?}");
        assert_eq!(
            (files(&folder, "incoming"), files(&folder, "videos")),
            (0, 1)
        );

        let stored = storage.open(&key, sha256, "video/mp4").await.unwrap();
        assert_eq!(stored.size, 200_000);
        let pieces: Vec<Bytes> = stored.read(70_000..199_999).try_collect().await.unwrap();
        assert!(pieces.iter().all(|piece| piece.len() <= 64 * 1024));
        assert_eq!(pieces.concat(), content[70_000..199_999]);
    }

    #[tokio::test]
    async fn an_interrupted_or_oversized_upload_leaves_nothing() {
        let (folder, storage) = storage().await;
        let broken = stream::iter([Ok(Bytes::from_static(b"abc"))]).chain(stream::once(async {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }));
        let error = storage.receive(Box::pin(broken), 10).await.unwrap_err();
        assert!(matches!(error, ReceiveError::Interrupted(_)), "{error:?}");
        let long = stream::repeat_with(|| Ok(Bytes::from_static(b"abcd")));
        let error = storage.receive(long, 10).await.unwrap_err();
        assert!(matches!(error, ReceiveError::TooLarge(10)), "{error:?}");
        assert_eq!(files(&folder, "incoming"), 0);
    }

    #[tokio::test]
    async fn only_parts_that_lost_their_process_are_collected() {
        let (folder, Storage::Disk(disk)) = storage().await;
        std::fs::write(folder.path().join("incoming/a.part"), "left").unwrap();
        disk.collect_stale(SystemTime::now()).await.unwrap();
        assert_eq!(files(&folder, "incoming"), 1);
        let later = SystemTime::now() + STALE_AFTER * 2;
        disk.collect_stale(later).await.unwrap();
        assert_eq!(files(&folder, "incoming"), 0);
    }
}
