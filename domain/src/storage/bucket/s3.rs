//! The protocol of Amazon S3.

mod client;
mod direct;
mod error;
mod listing;
mod multipart;

use std::io;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;
use futures::{StreamExt, stream};

use super::{Listed, Pieces};
use crate::settings::{S3Address, SupabaseProject};
use error::failed;

/// How long a signed address is good. Who is refused asks for another.
const LINK_LIFE: Duration = Duration::from_mins(15);
/// Videos never change under their name.
const CACHE: &str = "public, max-age=31536000, immutable";

/// A bucket behind this protocol.
#[derive(Clone, Debug)]
pub(in crate::storage) struct S3 {
    client: Client,
    bucket: String,
    /// Where a public bucket's objects are, if addresses must not be signed.
    public: Option<String>,
}

impl S3 {
    /// With keys of its own: addresses can be signed.
    pub(super) fn with_keys(address: &S3Address, bucket: &str) -> Self {
        Self {
            client: client::with_keys(address),
            bucket: bucket.to_owned(),
            public: None,
        }
    }

    /// With the service key of a Supabase project; none where its form does not open this door.
    ///
    /// Nothing may be signed with it: the address would carry the key.
    pub(super) fn of_supabase(project: &SupabaseProject, bucket: &str) -> Option<Self> {
        Some(Self {
            client: client::of_supabase(project)?,
            bucket: bucket.to_owned(),
            public: Some(project.public_folder(bucket)),
        })
    }

    pub(super) async fn probe(&self) -> io::Result<()> {
        let asked = self.client.head_bucket().bucket(&self.bucket);
        asked.send().await.map(drop).map_err(failed)
    }

    pub(super) async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()> {
        self.put_body(key, ByteStream::from(bytes)).await
    }

    pub(super) async fn put_file(&self, key: &str, path: &Path, size: u64) -> io::Result<()> {
        if size > multipart::FROM_BYTES {
            return self.put_in_parts(key, path, size).await;
        }
        let body = ByteStream::from_path(path)
            .await
            .map_err(io::Error::other)?;
        self.put_body(key, body).await
    }

    async fn put_body(&self, key: &str, body: ByteStream) -> io::Result<()> {
        let put = self.client.put_object().bucket(&self.bucket).key(key);
        let put = put.content_type(content_type(key)).cache_control(CACHE);
        put.body(body).send().await.map(drop).map_err(failed)
    }

    pub(super) async fn get(&self, key: &str, range: Option<Range<u64>>) -> io::Result<Pieces> {
        let get = self.client.get_object().bucket(&self.bucket).key(key);
        let range = range.map(|range| format!("bytes={}-{}", range.start, range.end - 1));
        let answer = get.set_range(range).send().await.map_err(failed)?;
        let pieces = stream::try_unfold(answer.body, async |mut body| {
            let piece = body.try_next().await.map_err(io::Error::other)?;
            Ok(piece.map(|piece| (piece, body)))
        });
        Ok(pieces.boxed())
    }

    pub(super) async fn delete(&self, key: &str) -> io::Result<()> {
        let delete = self.client.delete_object().bucket(&self.bucket).key(key);
        match delete.send().await.map_err(failed) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    pub(super) async fn list(&self, prefix: &str) -> io::Result<Vec<Listed>> {
        let list = self.client.list_objects_v2().bucket(&self.bucket);
        let mut pages = list.prefix(prefix).into_paginator().send();
        let mut listed = Vec::new();
        while let Some(page) = pages.next().await {
            for object in page.map_err(failed)?.contents.unwrap_or_default() {
                let size = object.size.unwrap_or_default().unsigned_abs();
                listed.extend(object.key.map(|key| (key, size)));
            }
        }
        Ok(listed)
    }

    pub(super) async fn link(&self, key: &str) -> io::Result<String> {
        if let Some(public) = &self.public {
            return Ok(format!("{public}/{key}"));
        }
        let life = PresigningConfig::expires_in(LINK_LIFE).map_err(io::Error::other)?;
        let get = self.client.get_object().bucket(&self.bucket).key(key);
        let signed = get.presigned(life).await.map_err(failed)?;
        Ok(signed.uri().to_owned())
    }
}

/// What an object is, by its folder: stored names have no endings.
pub(super) fn content_type(key: &str) -> &'static str {
    if key.starts_with("thumbnails/") {
        "image/jpeg"
    } else {
        "application/octet-stream"
    }
}
