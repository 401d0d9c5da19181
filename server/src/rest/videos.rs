//! The library's entries; their bytes are in [`super::video_files`].

use api::error::ApiError;
use api::id::VideoId;
use api::page::Page;
use api::video::{Video, VideoFilter, VideoSite, VideoTag};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_videos))
        .routes(routes!(list_video_tags))
        .routes(routes!(get_video, delete_video))
        .routes(routes!(rename_video))
        .routes(routes!(tag_video))
        .routes(routes!(set_video_duration))
        .routes(routes!(list_video_sites))
}

/// A video's new name.
#[derive(Deserialize, ToSchema)]
struct VideoName {
    /// Shown name.
    name: String,
}

/// A video's new tags.
#[derive(Deserialize, ToSchema)]
struct VideoTags {
    /// All of them: those that are not named here are taken away.
    tags: Vec<String>,
}

/// A picture's new time on screen.
#[derive(Deserialize, ToSchema)]
struct VideoDuration {
    /// In milliseconds, from a second to five minutes.
    duration_ms: u64,
}

/// A page of the videos
#[utoipa::path(get, path = "/videos", tag = "videos", params(VideoFilter), security(("session" = [])),
    extensions(("x-permission" = json!("view_videos"))),
    responses((status = OK, body = Page<Video>), Refusal))]
async fn list_videos(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<VideoFilter>,
) -> Result<Json<Page<Video>>, ApiError> {
    Ok(Json(domain.videos().list(&actor, filter).await?))
}

/// One video
#[utoipa::path(get, path = "/videos/{id}", tag = "videos", params(("id" = VideoId, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("view_videos"))),
    responses((status = OK, body = Video), Refusal))]
async fn get_video(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
) -> Result<Json<Video>, ApiError> {
    Ok(Json(domain.videos().get(&actor, id).await?))
}

/// Renames a video
#[utoipa::path(put, path = "/videos/{id}/name", tag = "videos", params(("id" = VideoId, Path)),
    request_body = VideoName, security(("session" = [])),
    extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Video), Refusal))]
async fn rename_video(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
    Json(VideoName { name }): Json<VideoName>,
) -> Result<Json<Video>, ApiError> {
    Ok(Json(domain.videos().rename(&actor, id, name).await?))
}

/// Gives a video these tags in place of its own
#[utoipa::path(put, path = "/videos/{id}/tags", tag = "videos", params(("id" = VideoId, Path)),
    request_body = VideoTags, security(("session" = [])),
    extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Video), Refusal))]
async fn tag_video(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
    Json(VideoTags { tags }): Json<VideoTags>,
) -> Result<Json<Video>, ApiError> {
    Ok(Json(domain.videos().tag(&actor, id, tags).await?))
}

/// Says how long a picture stands on screen
///
/// The sites that show it follow within seconds; plays of before keep the duration that they had.
/// Refused of a film, which is as long as it is.
#[utoipa::path(put, path = "/videos/{id}/duration", tag = "videos", params(("id" = VideoId, Path)),
    request_body = VideoDuration, security(("session" = [])),
    extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Video), Refusal))]
async fn set_video_duration(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
    Json(VideoDuration { duration_ms }): Json<VideoDuration>,
) -> Result<Json<Video>, ApiError> {
    let videos = domain.videos();
    Ok(Json(videos.set_duration(&actor, id, duration_ms).await?))
}

/// Every tag of the library with the number of its videos
#[utoipa::path(get, path = "/video-tags", tag = "videos", security(("session" = [])),
    extensions(("x-permission" = json!("view_videos"))),
    responses((status = OK, body = Vec<VideoTag>), Refusal))]
async fn list_video_tags(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<Json<Vec<VideoTag>>, ApiError> {
    Ok(Json(domain.videos().tags(&actor).await?))
}

/// The sites that show a video
#[utoipa::path(get, path = "/videos/{id}/sites", tag = "videos", params(("id" = VideoId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("view_videos"))),
    responses((status = OK, body = Vec<VideoSite>), Refusal))]
async fn list_video_sites(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
) -> Result<Json<Vec<VideoSite>>, ApiError> {
    Ok(Json(domain.videos().sites(&actor, id).await?))
}

/// Takes a video out of the library
///
/// Refused while a site shows it; the refusal names the sites. Its plays stay in the reports.
#[utoipa::path(delete, path = "/videos/{id}", tag = "videos", params(("id" = VideoId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = NO_CONTENT), Refusal))]
async fn delete_video(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
) -> Result<StatusCode, ApiError> {
    domain.videos().delete(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
