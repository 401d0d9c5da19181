//! Films for the library.

use std::collections::BTreeSet;
use std::path::PathBuf;

use api::configuration::{ConfigurationVersion, NewConfiguration};
use api::id::{SiteId, VideoId};
use api::video::{NewVideo, Uploaded, Video};
use bytes::Bytes;
use domain::Result;
use futures::stream;

use super::{World, admin};

/// The bytes of a film in `tests/fixtures`.
pub fn film(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

impl World {
    /// Uploads these bytes in pieces of 1000.
    pub async fn upload_bytes(&self, file_name: &str, bytes: &[u8]) -> Result<Uploaded> {
        let pieces = stream::iter(bytes.chunks(1000).map(Bytes::copy_from_slice).map(Ok));
        let new = NewVideo {
            file_name: file_name.to_owned(),
        };
        self.domain.videos().upload(&admin(), new, 0, pieces).await
    }

    /// Uploads a film of `tests/fixtures`.
    pub async fn upload(&self, name: &str) -> Video {
        self.upload_bytes(name, &film(name)).await.unwrap().video
    }

    /// A silent and a sounding film of 1 s, and one of 2 s.
    pub async fn three_videos(&self) -> [VideoId; 3] {
        [
            self.upload("silent.mp4").await.id,
            self.upload("sound.mp4").await.id,
            self.upload("other.mp4").await.id,
        ]
    }

    /// Publishes a loop without a comment.
    pub async fn publish(
        &self,
        site: SiteId,
        base_version: Option<i32>,
        videos: &[VideoId],
    ) -> Result<ConfigurationVersion> {
        let new = NewConfiguration {
            base_version,
            videos: videos.to_vec(),
            comment: String::new(),
        };
        let configurations = self.domain.configurations();
        configurations.publish(&admin(), site, new).await
    }

    /// The object store of a world as in production.
    pub fn store(&self) -> &super::s3::Store {
        self.store.as_ref().unwrap()
    }

    /// The folder behind the storage.
    pub fn kept_files(&self) -> PathBuf {
        let folder = || self.settings.data.join("files");
        self.store
            .as_ref()
            .map_or_else(folder, super::s3::Store::bucket)
    }

    /// How many files are in a folder of the storage; uploads are in `incoming`, each counts once.
    pub fn files_in(&self, folder: &str) -> usize {
        let scratch = self.settings.data.join("files").join(folder);
        let scratch = std::fs::read_dir(scratch).unwrap().count();
        let Some(store) = &self.store else {
            return scratch;
        };
        let objects = store.objects(folder);
        let uploads: BTreeSet<_> = objects.iter().map(|object| object.parent()).collect();
        match folder {
            "incoming" => scratch + uploads.len(),
            _ => objects.len(),
        }
    }
}
