//! Uploads whose parts go straight to the bucket: one object of the store, made of parts of one size.

use std::io::{self, ErrorKind};

use api::hash::FileHash;
use api::id::UploadId;
use api::limit::CHUNK_BYTES;
use api::upload::PartAddress;
use futures::{StreamExt, TryStreamExt};

use super::super::parts::PartHashes;
use super::{Bucket, Door, Incoming, S3, folder, interrupted};

/// The object that an upload becomes first.
fn whole(upload: UploadId) -> String {
    format!("{}whole", folder(upload))
}

/// Parts count from 1 (S3's rule); each but the last has [`CHUNK_BYTES`].
fn number(offset: u64) -> io::Result<i32> {
    i32::try_from(offset / CHUNK_BYTES + 1).map_err(io::Error::other)
}

/// Bytes of the part at `offset` of a file of `size`.
fn part_size(offset: u64, size: u64) -> u64 {
    CHUNK_BYTES.min(size - offset)
}

impl Bucket {
    /// The door, if browsers may be sent through it.
    pub(in crate::storage) fn direct(&self) -> Option<&S3> {
        match &self.door {
            Door::S3(s3) if s3.signs() => Some(s3),
            Door::S3(_) | Door::Rest(_) => None,
        }
    }

    fn store(&self) -> io::Result<&S3> {
        self.direct()
            .ok_or_else(|| io::Error::other("this store takes no parts from browsers any more"))
    }

    /// Begins an upload; the answer is what the store calls it, nothing where parts pass through here.
    pub(in crate::storage) async fn begin_direct(
        &self,
        upload: UploadId,
    ) -> io::Result<Option<String>> {
        match self.direct() {
            Some(s3) => s3.begin_parts(&whole(upload)).await.map(Some),
            None => Ok(None),
        }
    }

    /// Where the part at `offset` goes.
    pub(in crate::storage) async fn part_address(
        &self,
        (upload, id): (UploadId, &str),
        offset: u64,
        size: u64,
    ) -> io::Result<PartAddress> {
        let size = part_size(offset, size);
        let part = (&*whole(upload), id);
        let url = self.store()?.part_address(part, number(offset)?, size);
        Ok(PartAddress {
            url: url.await?,
            size,
        })
    }

    /// The size of the part at `offset`, if the store has it whole.
    pub(in crate::storage) async fn part_at(
        &self,
        (upload, id): (UploadId, &str),
        offset: u64,
        size: u64,
    ) -> io::Result<Option<u64>> {
        let part = (&*whole(upload), id);
        let found = self.store()?.part_size(part, number(offset)?).await?;
        Ok(found.filter(|found| *found == part_size(offset, size)))
    }

    /// The whole of an upload as a received file, read once; and the hash of its parts' hashes.
    pub(in crate::storage) async fn assembled_direct(
        &self,
        (upload, id): (UploadId, &str),
        size: u64,
    ) -> io::Result<(Incoming, FileHash)> {
        let (s3, key) = (self.store()?, whole(upload));
        // An attempt before this one may have been lost after it.
        if s3.size(&key).await? != Some(size) {
            s3.end_parts((&key, id), size).await?;
        }
        let hashes = PartHashes::default();
        let seen = hashes.clone();
        let pieces = s3.get(&key, None).await?;
        let pieces = pieces.inspect_ok(move |piece| seen.update(piece));
        let whole = self.scratch.receive(pieces.boxed(), size).await;
        let whole = whole.map_err(interrupted)?;
        if whole.size() != size {
            return Err(ErrorKind::NotFound.into());
        }
        Ok((whole.known_as(key), hashes.end()))
    }

    /// Lets go of the parts that the store has.
    pub(in crate::storage) async fn give_up_direct(&self, upload: UploadId, id: &str) {
        if let Some(s3) = self.direct() {
            s3.give_up_parts((&whole(upload), id)).await;
        }
    }
}
