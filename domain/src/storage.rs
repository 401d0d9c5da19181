//! Where files live.

mod bucket;
mod direct;
mod disk;
mod file;
mod listing;
mod parts;

use std::io;
use std::path::Path;

use api::hash::FileHash;
use api::id::UploadId;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::Stream;
use futures::stream::BoxStream;

pub(crate) use bucket::Bucket;
pub use bucket::{BucketFault, BucketLook, look};
pub(crate) use disk::{Disk, Incoming};
pub use file::StoredFile;
pub(crate) use listing::{Found, Pages};
pub(crate) use parts::chained;

use crate::error::Result as Outcome;
use crate::settings::BucketAddress;

/// Where files live.
#[derive(Debug)]
pub(crate) enum Storage {
    /// A folder of this machine.
    Disk(Disk),
    /// A bucket of an object store, and a folder for what is on its way there.
    Bucket(Bucket),
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
    /// The bucket of these settings, else the folder.
    pub(crate) async fn open(bucket: Option<&BucketAddress>, folder: &Path) -> Outcome<Self> {
        Ok(match bucket {
            Some(address) => Self::Bucket(Bucket::open(address, folder).await?),
            None => Self::Disk(Disk::open(folder).await?),
        })
    }

    /// The folder of what is on its way.
    fn scratch(&self) -> &Disk {
        match self {
            Self::Disk(disk) => disk,
            Self::Bucket(bucket) => bucket.scratch(),
        }
    }

    /// Whether files can be reached.
    pub(crate) async fn probe(&self) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.probe().await,
            Self::Bucket(bucket) => bucket.probe().await,
        }
    }

    /// Takes a stream in, hashing on the way. What comes back is a file that vanishes again unless
    /// it is kept.
    pub(crate) async fn receive(
        &self,
        bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin,
        limit: u64,
    ) -> Result<Incoming, ReceiveError> {
        self.scratch().receive(bytes, limit).await
    }

    /// Moves a received file to where it stays; durable when this returns.
    pub(crate) async fn keep(&self, key: &ObjectKey, incoming: Incoming) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.keep(key, incoming).await,
            Self::Bucket(bucket) => bucket.keep(key, incoming).await,
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
            Self::Bucket(bucket) => bucket.append(upload, offset, part).await,
        }
    }

    /// The whole of an upload as a received file, hashed. Keeping or dropping it leaves the
    /// upload as it is, until that is discarded.
    pub(crate) async fn assembled(&self, upload: UploadId, size: u64) -> io::Result<Incoming> {
        match self {
            Self::Disk(disk) => disk.assembled(upload, size).await,
            Self::Bucket(bucket) => bucket.assembled(upload, size).await,
        }
    }

    /// Removes the bytes of an upload; nothing happens when there are none.
    pub(crate) async fn discard(&self, upload: UploadId) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.discard(upload).await,
            Self::Bucket(bucket) => bucket.discard(upload).await,
        }
    }

    /// Removes what requests of a lost process left behind, untouched since `time`.
    pub(crate) async fn collect_parts(&self, time: DateTime<Utc>) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.collect_parts(time).await,
            Self::Bucket(bucket) => bucket.collect_parts(time).await,
        }
    }

    /// Opens a stored file of known hash and size.
    pub(crate) async fn open_file(
        &self,
        key: &ObjectKey,
        (sha256, size): (FileHash, u64),
        content_type: &'static str,
    ) -> io::Result<StoredFile> {
        let link = match self {
            Self::Disk(_) => None,
            Self::Bucket(bucket) => Some(bucket.door().link(&key.0).await?),
        };
        let source = self.source(key).await?;
        Ok(StoredFile {
            size,
            etag: format!("\"{sha256}\""),
            content_type,
            link,
            source,
        })
    }

    async fn source(&self, key: &ObjectKey) -> io::Result<file::Source> {
        Ok(match self {
            Self::Disk(disk) => file::Source::File(disk.open_file(key).await?),
            Self::Bucket(bucket) => file::Source::Object(bucket.door().clone(), key.0.clone()),
        })
    }

    /// The first `size` bytes of an object, which must have as many.
    pub(crate) async fn stream(
        &self,
        key: &ObjectKey,
        size: u64,
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        self.source(key).await?.read(0..size).await
    }

    /// Every object of somebody, in no order: all but uploads under way and thumbnails.
    pub(crate) fn pages(&self) -> Pages {
        match self {
            Self::Disk(disk) => disk.pages(),
            Self::Bucket(bucket) => bucket.door().pages(),
        }
    }

    /// The size of an object; none where there is none.
    pub(crate) async fn size(&self, key: &ObjectKey) -> io::Result<Option<u64>> {
        match self {
            Self::Disk(disk) => disk.size(key).await,
            Self::Bucket(bucket) => bucket.door().size(&key.0).await,
        }
    }

    /// Writes a small object, in place of the one of this key.
    pub(crate) async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.put(key, &bytes).await,
            Self::Bucket(bucket) => bucket.door().put(&key.0, bytes.into()).await,
        }
    }

    /// Reads a small object whole.
    pub(crate) async fn read(&self, key: &ObjectKey) -> io::Result<Bytes> {
        match self {
            Self::Disk(disk) => disk.read(key).await,
            Self::Bucket(bucket) => bucket.door().read(&key.0).await,
        }
    }

    /// Removes an object; nothing happens when there is none.
    pub(crate) async fn delete(&self, key: &ObjectKey) -> io::Result<()> {
        match self {
            Self::Disk(disk) => disk.delete(key).await,
            Self::Bucket(bucket) => bucket.door().delete(&key.0).await,
        }
    }
}
