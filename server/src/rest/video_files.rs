//! The bytes of the library's videos, for the preview.

use api::error::ApiError;
use api::id::VideoId;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::Domain;
use http::{HeaderMap, HeaderValue, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Path, SignedIn};
use crate::file;
use crate::state::AppState;

/// A thumbnail may be drawn anew.
const THUMBNAIL_CACHE: HeaderValue = HeaderValue::from_static("private, max-age=60");

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_video_file))
        .routes(routes!(get_video_thumbnail))
}

/// The bytes of a video, whole or a range
#[utoipa::path(get, path = "/videos/{id}/file", tag = "videos",
    params(
        ("id" = VideoId, Path),
        ("Range" = Option<String>, Header, description = "One range of bytes."),
        ("If-Range" = Option<String>, Header, description = "The range counts for this `ETag` only."),
    ),
    security(("session" = [])), extensions(("x-permission" = json!("view_videos"))),
    responses(
        (status = OK, content_type = "video/mp4", body = Vec<u8>),
        (status = PARTIAL_CONTENT, content_type = "video/mp4", body = Vec<u8>),
        (status = NOT_MODIFIED),
        Refusal,
    ))]
async fn get_video_file(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(file::answer(
        domain.videos().file(&actor, id).await?,
        &headers,
    ))
}

/// The thumbnail of a video
#[utoipa::path(get, path = "/videos/{id}/thumbnail", tag = "videos", params(("id" = VideoId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("view_videos"))),
    responses((status = OK, content_type = "image/jpeg", body = Vec<u8>), Refusal))]
async fn get_video_thumbnail(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
) -> Result<Response, ApiError> {
    let jpeg = domain.videos().thumbnail(&actor, id).await?;
    let kind = HeaderValue::from_static("image/jpeg");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, THUMBNAIL_CACHE),
    ];
    Ok((headers, jpeg).into_response())
}
