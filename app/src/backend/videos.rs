//! The library. Files themselves go by the REST door, which streams.

use api::error::ApiError;
use api::id::VideoId;
use api::page::Page;
use api::video::{Video, VideoFilter};
use leptos::prelude::*;

/// A page of the library.
#[server]
pub async fn list_videos(#[server(default)] filter: VideoFilter) -> Result<Page<Video>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().list(&actor, filter).await).await
}

/// One video.
#[server]
pub async fn get_video(id: VideoId) -> Result<Video, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().get(&actor, id).await).await
}

/// Renames a video.
#[server]
pub async fn rename_video(id: VideoId, name: String) -> Result<Video, ApiError> {
    crate::ssr::call(async |domain, actor| domain.videos().rename(&actor, id, name).await).await
}
