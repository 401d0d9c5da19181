//! The library's entries; their bytes are in [`super::video_files`].

use api::error::ApiError;
use api::id::VideoId;
use api::page::Page;
use api::video::{Video, VideoFilter};
use axum::extract::State;
use domain::Domain;
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
        .routes(routes!(get_video))
        .routes(routes!(rename_video))
}

/// A video's new name.
#[derive(Deserialize, ToSchema)]
struct VideoName {
    /// Shown name.
    name: String,
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
