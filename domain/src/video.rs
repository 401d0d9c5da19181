//! The library.

mod probe;
mod thumbnail;

use api::id::VideoId;
use api::page::Page;
use api::video::{NewVideo, Uploaded, Video, VideoFilter};
use bytes::Bytes;
use futures::Stream;

use crate::storage::StoredFile;
use crate::{Actor, Domain, Result};

/// The library.
pub struct Videos<'a>(pub(crate) &'a Domain);

impl Videos<'_> {
    /// A page of the videos.
    pub async fn list(&self, actor: &Actor, filter: VideoFilter) -> Result<Page<Video>> {
        let _ = (actor, filter);
        todo!()
    }

    /// One video.
    pub async fn get(&self, actor: &Actor, id: VideoId) -> Result<Video> {
        let _ = (actor, id);
        todo!()
    }

    /// Takes a file in: streamed to storage, hashed, probed; the same bytes twice are recognised.
    /// Nothing is kept of a refused or interrupted file.
    pub async fn upload(
        &self,
        actor: &Actor,
        new: NewVideo,
        bytes: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    ) -> Result<Uploaded> {
        let _ = (actor, new, bytes);
        todo!()
    }

    /// Renames a video.
    pub async fn rename(&self, actor: &Actor, id: VideoId, name: String) -> Result<Video> {
        let _ = (actor, id, name);
        todo!()
    }

    /// The bytes of a video, for the preview.
    pub async fn file(&self, actor: &Actor, id: VideoId) -> Result<StoredFile> {
        let _ = (actor, id);
        todo!()
    }

    /// The thumbnail of a video, a JPEG picture.
    pub async fn thumbnail(&self, actor: &Actor, id: VideoId) -> Result<Bytes> {
        let _ = (actor, id);
        todo!()
    }

    /// Keeps a thumbnail drawn by a browser, after decoding and drawing it anew.
    pub async fn set_thumbnail(&self, actor: &Actor, id: VideoId, jpeg: Bytes) -> Result<()> {
        let _ = (actor, id, jpeg);
        todo!()
    }
}
