//! The bytes of the library's videos: in whole from scripts, out for the preview.

use api::error::{ApiError, ErrorCode};
use api::id::VideoId;
use api::limit::THUMBNAIL_BYTES;
use api::video::{NewVideo, Uploaded};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::Domain;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::file;
use crate::file::incoming::Incoming;
use crate::state::AppState;

/// A thumbnail may be drawn anew.
const THUMBNAIL_CACHE: HeaderValue = HeaderValue::from_static("private, max-age=60");

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_video_file))
        .routes(routes!(get_video_thumbnail))
}

/// Operations that take files.
pub(super) fn streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(upload_video))
        .routes(routes!(set_video_thumbnail))
}

/// Takes a video in by one request, for scripts: a film (MP4 or MOV with H.264 up to 1080p, and AAC
/// or no sound) or a picture (JPEG or PNG, at most 4096 pixels on a side and 20 MiB)
///
/// The body is the file. The same bytes twice are recognised. Nothing is kept of a refused or
/// interrupted file; uploads in parts survive interruptions. At most 2 GiB.
#[utoipa::path(post, path = "/videos", tag = "videos", params(NewVideo),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses(
        (status = CREATED, body = Uploaded),
        (status = OK, body = Uploaded, description = "These bytes were in the library before."),
        Refusal,
    ))]
async fn upload_video(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(new): Query<NewVideo>,
    Incoming { announced, bytes }: Incoming,
) -> Result<(StatusCode, Json<Uploaded>), ApiError> {
    let videos = domain.videos();
    let uploaded = videos.upload(&actor, new, announced, bytes).await?;
    let status = if uploaded.already_known {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(uploaded)))
}

/// Keeps a thumbnail drawn by a browser: a JPEG picture of at most 512 KiB
#[utoipa::path(put, path = "/videos/{id}/thumbnail", tag = "videos", params(("id" = VideoId, Path)),
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = NO_CONTENT), Refusal))]
async fn set_video_thumbnail(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let jpeg = to_bytes(body, THUMBNAIL_BYTES).await;
    let jpeg = jpeg.map_err(|_| ApiError::new(ErrorCode::ThumbnailRefused))?;
    domain.videos().set_thumbnail(&actor, id, jpeg).await?;
    Ok(StatusCode::NO_CONTENT)
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
        (status = OK, content((Vec<u8> = "video/mp4"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = PARTIAL_CONTENT,
            content((Vec<u8> = "video/mp4"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = NOT_MODIFIED),
        Refusal,
    ))]
async fn get_video_file(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<VideoId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    file::answer(domain.videos().file(&actor, id).await?, &headers).await
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
