//! The library. Files themselves go by the REST door, which streams.

use api::error::ApiError;
use api::id::VideoId;
use api::page::Page;
use api::video::{Video, VideoFilter, VideoSite, VideoTag};
use leptos::prelude::*;

use crate::upstream::Upstream;

/// A page of the library.
#[server(client = Upstream)]
pub async fn list_videos(#[server(default)] filter: VideoFilter) -> Result<Page<Video>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().list(&actor, filter).await).await
}

/// One video.
#[server(client = Upstream)]
pub async fn get_video(id: VideoId) -> Result<Video, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().get(&actor, id).await).await
}

/// Renames a video.
#[server(client = Upstream)]
pub async fn rename_video(id: VideoId, name: String) -> Result<Video, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().rename(&actor, id, name).await).await
}

/// Gives a video the tags that somebody typed between commas.
#[server(client = Upstream)]
pub async fn tag_video(id: VideoId, #[server(default)] tags: String) -> Result<Video, ApiError> {
    let tags = api::video::typed_tags(&tags);
    crate::ssr::call(async |domain, actor| domain.videos().tag(&actor, id, tags).await).await
}

/// Says how long a picture stands on screen.
#[server(client = Upstream)]
pub async fn set_video_duration(id: VideoId, seconds: u64) -> Result<Video, ApiError> {
    let duration_ms = seconds.saturating_mul(1000);
    crate::ssr::call(async |domain, actor| {
        domain.videos().set_duration(&actor, id, duration_ms).await
    })
    .await
}

/// Every tag of the library.
#[server(client = Upstream)]
pub async fn list_video_tags() -> Result<Vec<VideoTag>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().tags(&actor).await).await
}

/// The sites that show a video.
#[server(client = Upstream)]
pub async fn list_video_sites(id: VideoId) -> Result<Vec<VideoSite>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().sites(&actor, id).await).await
}

/// Takes a video out of the library.
#[server(client = Upstream)]
pub async fn delete_video(id: VideoId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().delete(&actor, id).await).await
}
