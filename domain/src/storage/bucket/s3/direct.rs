//! Parts that browsers send here themselves.

use std::io;
use std::time::Duration;

use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::types::{CompletedPart, MetadataDirective};

use super::error::failed;
use super::{CACHE, S3, client, content_type};

/// How long the address of a part is good: time to send it over a slow line.
const ADDRESS_LIFE: Duration = Duration::from_hours(1);

impl S3 {
    /// Whether addresses may be signed: not with the key of a Supabase project, which they would carry.
    pub(in crate::storage::bucket) fn signs(&self) -> bool {
        self.public.is_none()
    }

    /// Begins an object that comes in parts; the answer names it.
    pub(in crate::storage::bucket) async fn begin_parts(&self, key: &str) -> io::Result<String> {
        let create = self.client.create_multipart_upload();
        let create = create.bucket(&self.bucket).key(key);
        let created = create.send().await.map_err(failed)?;
        let named = created.upload_id.filter(|id| !id.is_empty());
        named.ok_or_else(|| io::Error::other("the store named no upload"))
    }

    /// Where a part of `size` bytes goes. The size is signed too: nobody fills the bucket with it.
    pub(in crate::storage::bucket) async fn part_address(
        &self,
        (key, id): (&str, &str),
        number: i32,
        size: u64,
    ) -> io::Result<String> {
        let life = PresigningConfig::expires_in(ADDRESS_LIFE).map_err(io::Error::other)?;
        let put = self.client.upload_part().bucket(&self.bucket).key(key);
        let put = put.upload_id(id).part_number(number);
        let put = put.content_length(i64::try_from(size).map_err(io::Error::other)?);
        let signed = put.presigned(life).await.map_err(failed)?;
        Ok(signed.uri().to_owned())
    }

    /// The size of a part that is there.
    pub(in crate::storage::bucket) async fn part_size(
        &self,
        (key, id): (&str, &str),
        number: i32,
    ) -> io::Result<Option<u64>> {
        let list = self.client.list_parts().bucket(&self.bucket).key(key);
        let list = list.upload_id(id).max_parts(1);
        let list = list.part_number_marker((number - 1).to_string());
        let listed = list.send().await.map_err(failed)?.parts.unwrap_or_default();
        let part = listed.iter().find(|part| part.part_number == Some(number));
        Ok(part.map(|part| part.size.unwrap_or_default().unsigned_abs()))
    }

    /// Makes an object of `size` bytes of the parts that are there; [`io::ErrorKind::NotFound`] where they
    /// are not.
    pub(in crate::storage::bucket) async fn end_parts(
        &self,
        (key, id): (&str, &str),
        size: u64,
    ) -> io::Result<()> {
        let list = self.client.list_parts().bucket(&self.bucket).key(key);
        let pages = list.upload_id(id).into_paginator().send();
        let pages: Vec<_> = pages.try_collect().await.map_err(failed)?;
        let parts = pages
            .into_iter()
            .flat_map(|page| page.parts.unwrap_or_default());
        let mut parts: Vec<_> = parts.collect();
        // Not every store lists them in their order.
        parts.sort_by_key(|part| part.part_number);
        let there = parts.iter().map(|part| part.size.unwrap_or_default());
        if there.sum::<i64>().unsigned_abs() != size {
            return Err(io::ErrorKind::NotFound.into());
        }
        let parts = parts.into_iter().map(|part| {
            let made = CompletedPart::builder().set_part_number(part.part_number);
            made.set_e_tag(part.e_tag).build()
        });
        self.complete(key, id, parts.collect()).await
    }

    /// Lets go of the parts that are there.
    pub(in crate::storage::bucket) async fn give_up_parts(&self, (key, id): (&str, &str)) {
        self.give_up(key, id).await;
    }

    /// Copies an object within the bucket; its bytes do not pass through here.
    pub(in crate::storage::bucket) async fn copy(&self, from: &str, to: &str) -> io::Result<()> {
        let copy = self.client.copy_object().bucket(&self.bucket).key(to);
        let copy = copy.copy_source(format!("{}/{from}", self.bucket));
        let copy = copy.metadata_directive(MetadataDirective::Replace);
        let copy = copy.content_type(content_type(to)).cache_control(CACHE);
        let copy = copy.customize().config_override(client::patient());
        copy.send().await.map(drop).map_err(failed)
    }
}
