//! Files in a bucket of an object store, reached by one of two doors.
//!
//! Uploads gather in the bucket part by part, so that any instance can go on with them and any disk
//! may be lost; the whole is read once, for its hash and for what it is, into a scratch file.

mod direct;
mod rest;
mod s3;

use std::io;
use std::ops::Range;
use std::path::Path;

use api::id::UploadId;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt, stream};

use super::{Disk, Incoming, ObjectKey, ObjectKind, Pages, ReceiveError};
use crate::error::Result;
use crate::settings::BucketAddress;

pub use look::{BucketFault, BucketLook, look};
use rest::Rest;
use s3::S3;

mod look;

/// Holds videos, thumbnails and uploads on their way.
const NAME: &str = "videos";
/// What is on its way.
const INCOMING: &str = "incoming/";
/// Objects that are removed at the same time.
const REMOVALS: usize = 8;

/// The pieces of an object.
pub(super) type Pieces = BoxStream<'static, io::Result<Bytes>>;

/// A bucket, and a folder of this machine for what is on its way.
#[derive(Debug)]
pub(crate) struct Bucket {
    door: Door,
    scratch: Disk,
}

/// A way to the bucket.
#[derive(Clone, Debug)]
pub(super) enum Door {
    /// The protocol of Amazon S3, which most object stores speak.
    S3(S3),
    /// Supabase's own, for keys that open only this one.
    Rest(Rest),
}

/// An object, and its size in bytes.
pub(crate) type Listed = (String, u64);

impl Bucket {
    /// The bucket at `address`; Supabase's door is chosen by trying it.
    pub(crate) async fn open(address: &BucketAddress, scratch: &Path) -> Result<Self> {
        Ok(Self {
            door: Door::open(address, NAME).await?,
            scratch: Disk::open(scratch).await?,
        })
    }

    pub(super) async fn probe(&self) -> io::Result<()> {
        self.door.probe().await
    }

    /// Every kept object with its size.
    pub(crate) async fn listed(&self) -> io::Result<Vec<Listed>> {
        let mut listed = Vec::new();
        for kind in [ObjectKind::Video, ObjectKind::Thumbnail] {
            listed.extend(self.door.list(&format!("{}/", kind.folder())).await?);
        }
        Ok(listed)
    }

    pub(crate) async fn put(&self, key: &ObjectKey, bytes: Bytes) -> io::Result<()> {
        self.door.put(&key.0, bytes).await
    }

    pub(crate) fn scratch(&self) -> &Disk {
        &self.scratch
    }

    pub(super) fn door(&self) -> &Door {
        &self.door
    }

    pub(super) async fn collect_parts(&self, time: DateTime<Utc>) -> io::Result<()> {
        self.scratch.collect_parts(time).await?;
        self.door.give_up_unfinished(time).await
    }

    pub(crate) async fn keep(&self, key: &ObjectKey, incoming: Incoming) -> io::Result<()> {
        let size = incoming.size();
        if let (Door::S3(s3), Some(object)) = (&self.door, incoming.object()) {
            return s3.copy(object, &key.0).await;
        }
        self.door.put_file(&key.0, incoming.path(), size).await
    }

    /// A part is an object of its own, named by its place: sent twice, it takes its own place.
    pub(super) async fn append(
        &self,
        upload: UploadId,
        offset: u64,
        part: Incoming,
    ) -> io::Result<()> {
        let key = part_key(upload, offset, part.size());
        self.door.put_file(&key, part.path(), part.size()).await
    }

    pub(super) async fn assembled(&self, upload: UploadId, size: u64) -> io::Result<Incoming> {
        let listed = self.door.list(&folder(upload)).await?;
        let parts = chain(&listed, size).ok_or(io::ErrorKind::NotFound)?;
        let door = self.door.clone();
        let pieces = stream::iter(parts)
            .then(move |(key, size)| {
                let door = door.clone();
                async move { door.get(&key, 0..size).await }
            })
            .try_flatten();
        let whole = self.scratch.receive(pieces.boxed(), size).await;
        whole.map_err(interrupted)
    }

    pub(super) async fn discard(&self, upload: UploadId) -> io::Result<()> {
        let listed = self.door.list(&folder(upload)).await?;
        stream::iter(listed.into_iter().map(Ok))
            .try_for_each_concurrent(REMOVALS, async |(key, _)| self.door.delete(&key).await)
            .await
    }
}

impl Door {
    pub(super) async fn open(address: &BucketAddress, bucket: &str) -> Result<Self> {
        match address {
            BucketAddress::S3(address) => Ok(Self::S3(S3::with_keys(address, bucket))),
            BucketAddress::Supabase(project) => {
                if let Some(s3) = S3::of_supabase(project, bucket)
                    && s3.probe().await.is_ok()
                {
                    return Ok(Self::S3(s3));
                }
                Ok(Self::Rest(Rest::new(project, bucket)?))
            }
        }
    }

    pub(super) async fn probe(&self) -> io::Result<()> {
        match self {
            Self::S3(s3) => s3.probe().await,
            Self::Rest(rest) => rest.probe().await,
        }
    }

    /// Writes a file of this machine, in place of the object of this key; whole or not at all.
    async fn put_file(&self, key: &str, path: &Path, size: u64) -> io::Result<()> {
        match self {
            Self::S3(s3) => s3.put_file(key, path, size).await,
            Self::Rest(rest) => rest.put_file(key, path, size).await,
        }
    }

    pub(super) async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()> {
        match self {
            Self::S3(s3) => s3.put(key, bytes).await,
            Self::Rest(rest) => rest.put(key, bytes).await,
        }
    }

    /// The bytes of a range, which must lie within the object and not be empty.
    pub(super) async fn get(&self, key: &str, range: Range<u64>) -> io::Result<Pieces> {
        match self {
            Self::S3(s3) => s3.get(key, Some(range)).await,
            Self::Rest(rest) => rest.get(key, Some(range)).await,
        }
    }

    pub(super) async fn read(&self, key: &str) -> io::Result<Bytes> {
        let pieces = match self {
            Self::S3(s3) => s3.get(key, None).await,
            Self::Rest(rest) => rest.get(key, None).await,
        };
        let pieces: Vec<Bytes> = pieces?.try_collect().await?;
        Ok(pieces.concat().into())
    }

    pub(super) async fn delete(&self, key: &str) -> io::Result<()> {
        match self {
            Self::S3(s3) => s3.delete(key).await,
            Self::Rest(rest) => rest.delete(key).await,
        }
    }

    async fn list(&self, prefix: &str) -> io::Result<Vec<Listed>> {
        match self {
            Self::S3(s3) => s3.list(prefix).await,
            Self::Rest(rest) => rest.list(prefix).await,
        }
    }

    /// Every object of somebody, in pages.
    pub(super) fn pages(&self) -> Pages {
        match self {
            Self::S3(s3) => s3.pages(),
            Self::Rest(rest) => rest.pages(),
        }
    }

    /// The size of an object; none where there is none.
    pub(super) async fn size(&self, key: &str) -> io::Result<Option<u64>> {
        match self {
            Self::S3(s3) => s3.size(key).await,
            Self::Rest(rest) => rest.size(key).await,
        }
    }

    /// An address at which anybody who has it may read the object, for some minutes at least.
    pub(super) async fn link(&self, key: &str) -> io::Result<String> {
        match self {
            Self::S3(s3) => s3.link(key).await,
            Self::Rest(rest) => Ok(rest.link(key)),
        }
    }

    /// Removes parts of objects whose process was lost while it wrote them.
    async fn give_up_unfinished(&self, time: DateTime<Utc>) -> io::Result<()> {
        match self {
            Self::S3(s3) => s3.give_up_unfinished(time).await,
            // It writes objects in one piece.
            Self::Rest(_) => Ok(()),
        }
    }
}

fn interrupted(error: ReceiveError) -> io::Error {
    match error {
        ReceiveError::Interrupted(cause) | ReceiveError::Write(cause) => cause,
        ReceiveError::TooLarge(_) => io::ErrorKind::InvalidData.into(),
    }
}

fn folder(upload: UploadId) -> String {
    format!("{INCOMING}{upload}/")
}

fn part_key(upload: UploadId, offset: u64, size: u64) -> String {
    format!("{}{offset:012}-{size}", folder(upload))
}

/// The parts that follow each other from the beginning to `size`. A part that was never acknowledged
/// may stand beside those that were.
fn chain(listed: &[Listed], size: u64) -> Option<Vec<Listed>> {
    let offset = |key: &str| {
        let name = key.rsplit('/').next()?;
        name.split_once('-')?.0.parse::<u64>().ok()
    };
    let mut parts = Vec::new();
    let mut end = size;
    while end > 0 {
        let before = |(key, size): &&Listed| {
            *size > 0 && offset(key).is_some_and(|offset| offset.checked_add(*size) == Some(end))
        };
        let part = listed.iter().find(before)?;
        end -= part.1;
        parts.push(part.clone());
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{UploadId, chain, part_key};

    #[test]
    fn parts_are_put_together_past_what_was_never_acknowledged() {
        let upload = UploadId::new();
        let listed = |parts: &[(u64, u64)]| -> Vec<(String, u64)> {
            let part = |(offset, size): &(u64, u64)| (part_key(upload, *offset, *size), *size);
            parts.iter().map(part).collect()
        };
        let kept = listed(&[(0, 8), (8, 8), (16, 3)]);
        assert_eq!(chain(&kept, 19), Some(kept));
        let with_a_lost_part = listed(&[(0, 8), (8, 2), (8, 8), (16, 3), (19, 8)]);
        assert_eq!(
            chain(&with_a_lost_part, 19),
            Some(listed(&[(0, 8), (8, 8), (16, 3)]))
        );
        assert_eq!(chain(&listed(&[(0, 8), (16, 3)]), 19), None);
        assert_eq!(chain(&[], 19), None);
    }
}
