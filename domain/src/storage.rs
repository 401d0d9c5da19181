//! Where files live.

mod disk;

use std::io::{self, SeekFrom};
use std::ops::Range;

use api::hash::FileHash;
use api::id::UploadId;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::{Stream, TryStreamExt};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

pub(crate) use disk::{Disk, Incoming};

/// Bytes of one piece of a file that is read.
const PIECE_BYTES: usize = 64 * 1024;

/// Where files live. Object stores join as further variants.
#[derive(Debug)]
pub(crate) enum Storage {
    /// A folder of this machine.
    Disk(Disk),
}

/// Names a stored object: random, so that a public bucket gives nothing away, then the hash.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ObjectKey(pub(crate) String);

/// What an object is; decides its folder.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ObjectKind {
    Video,
    Thumbnail,
}

impl ObjectKind {
    fn folder(self) -> &'static str {
        match self {
            Self::Video => "videos",
            Self::Thumbnail => "thumbnails",
        }
    }
}

impl ObjectKey {
    /// A fresh key for these bytes.
    pub(crate) fn fresh(kind: ObjectKind, sha256: FileHash) -> Self {
        let random = uuid::Uuid::new_v4().simple();
        Self(format!("{}/{random}-{sha256}", kind.folder()))
    }

    /// The key of the thumbnail that belongs to a video of this key.
    pub(crate) fn thumbnail(&self) -> Self {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        Self(format!("{}/{name}", ObjectKind::Thumbnail.folder()))
    }
}

/// Why a stream was not taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceiveError {
    /// It has more bytes than allowed.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// The sender stopped, or its connection broke.
    #[error("the sender stopped")]
    Interrupted(#[source] io::Error),
    /// The file could not be written.
    #[error("the file could not be written")]
    Write(#[source] io::Error),
}

impl Storage {
    /// Whether files can be reached.
    pub(crate) async fn probe(&self) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.probe().await,
        }
    }

    /// Takes a stream in, hashing on the way. What comes back is a file that vanishes again unless
    /// it is kept.
    pub(crate) async fn receive(
        &self,
        bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin,
        limit: u64,
    ) -> Result<Incoming, ReceiveError> {
        match self {
            Self::Disk(disk) => disk.receive(bytes, limit).await,
        }
    }

    /// Moves a received file to where it stays; durable when this returns.
    pub(crate) async fn keep(&self, key: &ObjectKey, incoming: Incoming) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.keep(key, incoming).await,
        }
    }

    /// Puts a part of an upload at `offset`; durable when this returns. What lies behind it is cut
    /// off. [`io::ErrorKind::NotFound`] means that the bytes before it are gone.
    pub(crate) async fn append(
        &self,
        upload: UploadId,
        offset: u64,
        part: Incoming,
    ) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.append(upload, offset, part).await,
        }
    }

    /// The whole of an upload as a received file, hashed. Keeping or dropping it leaves the
    /// upload as it is, until that is discarded.
    pub(crate) async fn assembled(&self, upload: UploadId, size: u64) -> io::Result<Incoming> {
        match self {
            Self::Disk(disk) => disk.assembled(upload, size).await,
        }
    }

    /// Removes the bytes of an upload; nothing happens when there are none.
    pub(crate) async fn discard(&self, upload: UploadId) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.discard(upload).await,
        }
    }

    /// Removes what requests of a lost process left behind, untouched since `time`.
    pub(crate) async fn collect_parts(&self, time: DateTime<Utc>) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.collect_parts(time).await,
        }
    }

    /// Opens a stored file of known hash.
    pub(crate) async fn open(
        &self,
        key: &ObjectKey,
        sha256: FileHash,
        content_type: &'static str,
    ) -> io::Result<StoredFile> {
        let file = match self {
            Self::Disk(disk) => disk.open_file(key).await?,
        };
        Ok(StoredFile {
            size: file.metadata().await?.len(),
            etag: format!("\"{sha256}\""),
            content_type,
            file,
        })
    }

    /// Writes a small object, in place of the one of this key.
    pub(crate) async fn put(&self, key: &ObjectKey, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.put(key, bytes).await,
        }
    }

    /// Reads a small object whole.
    pub(crate) async fn read(&self, key: &ObjectKey) -> io::Result<Bytes> {
        match self {
            Self::Disk(disk) => disk.read(key).await,
        }
    }

    /// Removes an object; nothing happens when there is none.
    pub(crate) async fn delete(&self, key: &ObjectKey) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.delete(key).await,
        }
    }
}

/// A stored file, ready to be read.
#[derive(Debug)]
pub struct StoredFile {
    /// Size in bytes.
    pub size: u64,
    /// Quoted, strong.
    pub etag: String,
    /// Media type of its content.
    pub content_type: &'static str,
    /// The open file.
    file: tokio::fs::File,
}

impl StoredFile {
    /// The bytes of `range`, which must lie within the file, in pieces of at most 64 KiB.
    pub fn read(self, range: Range<u64>) -> impl Stream<Item = io::Result<Bytes>> + Send {
        let Self { mut file, .. } = self;
        let opened = async move {
            file.seek(SeekFrom::Start(range.start)).await?;
            let part = file.take(range.end.saturating_sub(range.start));
            Ok::<_, io::Error>(ReaderStream::with_capacity(part, PIECE_BYTES))
        };
        futures::stream::once(opened).try_flatten()
    }
}
