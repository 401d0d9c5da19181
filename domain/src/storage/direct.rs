//! Uploads whose parts go straight to the object store, where there is one that signs addresses.

use std::io;

use api::hash::FileHash;
use api::id::UploadId;
use api::upload::PartAddress;
use url::Url;

use super::{Bucket, Incoming, Storage};

impl Storage {
    /// Begins an upload; the answer is what the store calls it, nothing where parts pass through here.
    pub(crate) async fn begin_direct(&self, upload: UploadId) -> io::Result<Option<String>> {
        match self {
            Self::Disk(_) => Ok(None),
            Self::Bucket(bucket) => bucket.begin_direct(upload).await,
        }
    }

    /// Where the part at `offset` of a file of `size` bytes goes.
    pub(crate) async fn part_address(
        &self,
        upload: (UploadId, &str),
        offset: u64,
        size: u64,
    ) -> io::Result<PartAddress> {
        self.bucket()?.part_address(upload, offset, size).await
    }

    /// The size of the part at `offset`, if the store has it whole.
    pub(crate) async fn part_at(
        &self,
        upload: (UploadId, &str),
        offset: u64,
        size: u64,
    ) -> io::Result<Option<u64>> {
        self.bucket()?.part_at(upload, offset, size).await
    }

    /// The whole of an upload as a received file, and the hash of its parts' hashes: see
    /// [`super::chained`].
    pub(crate) async fn assembled_direct(
        &self,
        upload: (UploadId, &str),
        size: u64,
    ) -> io::Result<(Incoming, FileHash)> {
        self.bucket()?.assembled_direct(upload, size).await
    }

    /// Lets go of the parts that the store has.
    pub(crate) async fn give_up_direct(&self, upload: UploadId, id: &str) {
        if let Self::Bucket(bucket) = self {
            bucket.give_up_direct(upload, id).await;
        }
    }

    /// Where browsers send parts to, as an origin; none where they do not.
    pub(crate) async fn direct_origin(&self) -> Option<String> {
        let Self::Bucket(bucket) = self else {
            return None;
        };
        bucket.direct()?;
        let address = bucket.door().link("any").await.ok()?;
        Some(Url::parse(&address).ok()?.origin().ascii_serialization())
    }

    fn bucket(&self) -> io::Result<&Bucket> {
        match self {
            Self::Bucket(bucket) => Ok(bucket),
            Self::Disk(_) => Err(io::Error::other("there is no object store any more")),
        }
    }
}
