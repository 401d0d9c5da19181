//! Large objects are written in parts, and are there once the last one is.

use std::io;
use std::path::Path;

use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, TryStreamExt, stream};

use super::super::INCOMING;
use super::error::failed;
use super::{CACHE, S3, client, content_type};

/// Larger objects are written in parts.
pub(super) const FROM_BYTES: u64 = 2 * PART_BYTES;
/// Stores take no smaller parts than 5 MiB, and no more than 10 000 of them.
const PART_BYTES: u64 = 8 * 1024 * 1024;
/// Parts that are written at the same time.
const AT_ONCE: usize = 3;

/// Uploads of people are given up with their row; what has none any more is, after this.
const IN_HANDS: TimeDelta = TimeDelta::days(7);

impl S3 {
    pub(super) async fn put_in_parts(&self, key: &str, path: &Path, size: u64) -> io::Result<()> {
        let create = self.client.create_multipart_upload();
        let create = create.bucket(&self.bucket).key(key);
        let create = create.content_type(content_type(key)).cache_control(CACHE);
        let created = create.send().await.map_err(failed)?;
        let id = created.upload_id.unwrap_or_default();
        let outcome = match self.put_parts(key, &id, path, size).await {
            Ok(parts) => self.complete(key, &id, parts).await,
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            self.give_up(key, &id).await;
        }
        outcome
    }

    async fn put_parts(
        &self,
        key: &str,
        id: &str,
        path: &Path,
        size: u64,
    ) -> io::Result<Vec<CompletedPart>> {
        let parts = stream::iter((0..size.div_ceil(PART_BYTES)).map(|number| async move {
            let offset = number * PART_BYTES;
            let length = PART_BYTES.min(size - offset);
            let body = ByteStream::read_from().path(path).offset(offset);
            let body = body.length(Length::Exact(length)).build().await;
            let number = i32::try_from(number + 1).map_err(io::Error::other)?;
            let put = self.client.upload_part().bucket(&self.bucket).key(key);
            let put = put.upload_id(id).part_number(number);
            let put = put.body(body.map_err(io::Error::other)?);
            let e_tag = put.send().await.map_err(failed)?.e_tag;
            let part = CompletedPart::builder().part_number(number);
            Ok(part.set_e_tag(e_tag).build())
        }));
        parts.buffered(AT_ONCE).try_collect().await
    }

    pub(super) async fn complete(
        &self,
        key: &str,
        id: &str,
        parts: Vec<CompletedPart>,
    ) -> io::Result<()> {
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts));
        let complete = self.client.complete_multipart_upload();
        let complete = complete.bucket(&self.bucket).key(key).upload_id(id);
        let complete = complete.multipart_upload(parts.build());
        let complete = complete.customize().config_override(client::patient());
        complete.send().await.map(drop).map_err(failed)
    }

    /// What cannot be given up now is collected later.
    pub(super) async fn give_up(&self, key: &str, id: &str) {
        let abort = self.client.abort_multipart_upload();
        let abort = abort.bucket(&self.bucket).key(key).upload_id(id);
        if let Err(error) = abort.send().await.map_err(failed) {
            tracing::debug!(%error, "an unfinished object was not given up");
        }
    }

    pub(in crate::storage::bucket) async fn give_up_unfinished(
        &self,
        time: DateTime<Utc>,
    ) -> io::Result<()> {
        let list = self.client.list_multipart_uploads().bucket(&self.bucket);
        let listed = match list.send().await.map_err(failed) {
            Ok(listed) => listed.uploads.unwrap_or_default(),
            // Some stores do not list them; those remove them by a rule of their own.
            Err(error) => {
                tracing::debug!(%error, "unfinished objects cannot be listed");
                return Ok(());
            }
        };
        let (time, of_people) = (time.timestamp(), (time - IN_HANDS).timestamp());
        for upload in listed {
            let begun = upload.initiated.map_or(i64::MAX, |begun| begun.secs());
            let is_of_people = upload
                .key
                .as_deref()
                .is_some_and(|key| key.starts_with(INCOMING));
            if begun < if is_of_people { of_people } else { time }
                && let (Some(key), Some(id)) = (upload.key, upload.upload_id)
            {
                self.give_up(&key, &id).await;
            }
        }
        Ok(())
    }
}
