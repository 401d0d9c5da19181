//! What lies in the bucket.

use std::io;

use aws_sdk_s3::types::Object;
use chrono::DateTime;
use futures::{StreamExt, stream};

use super::S3;
use super::error::failed;
use crate::storage::listing::{Found, PAGE, Pages, is_told};

impl S3 {
    /// Every object of somebody, in pages as the store gives them.
    pub(in crate::storage::bucket) fn pages(&self) -> Pages {
        let list = self.client.list_objects_v2().bucket(&self.bucket);
        let most = i32::try_from(PAGE).unwrap_or(i32::MAX);
        let pages = list.max_keys(most).into_paginator().send();
        let pages = stream::try_unfold(pages, async |mut pages| {
            let Some(page) = pages.next().await else {
                return Ok(None);
            };
            let objects = page.map_err(failed)?.contents.unwrap_or_default();
            let found = objects.into_iter().filter_map(found).collect();
            Ok(Some((found, pages)))
        });
        pages.boxed()
    }

    /// The size of an object; none where there is none.
    pub(in crate::storage::bucket) async fn size(&self, key: &str) -> io::Result<Option<u64>> {
        let head = self.client.head_object().bucket(&self.bucket).key(key);
        match head.send().await.map_err(failed) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            answer => {
                let size = answer?.content_length.unwrap_or_default();
                Ok(Some(size.unsigned_abs()))
            }
        }
    }
}

fn found(object: Object) -> Option<Found> {
    let modified_at = DateTime::from_timestamp(object.last_modified?.secs(), 0)?;
    let key = object.key.filter(|key| is_told(key))?;
    Some(Found {
        key,
        size: object.size.unwrap_or_default().unsigned_abs(),
        modified_at,
    })
}
