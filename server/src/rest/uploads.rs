//! Files on their way in: streamed, never whole in memory, limited by the domain.

use std::io;
use std::pin::Pin;
use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use api::id::VideoId;
use api::limit::THUMBNAIL_BYTES;
use api::video::{NewVideo, Uploaded};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use domain::Domain;
use futures::{Stream, TryStreamExt};
use http::StatusCode;
use tokio_stream::StreamExt;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::state::AppState;

/// A sender that says nothing for so long has gone.
const SILENCE: Duration = Duration::from_mins(1);

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(upload_video))
        .routes(routes!(set_video_thumbnail))
}

/// Takes a video in: MP4 or MOV with H.264 up to 1080p, and AAC or no sound
///
/// The body is the file. The same bytes twice are recognised. Nothing is kept of a refused or
/// interrupted file. At most 2 GiB.
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
    body: Body,
) -> Result<(StatusCode, Json<Uploaded>), ApiError> {
    let uploaded = domain.videos().upload(&actor, new, pieces(body)).await?;
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

fn pieces(body: Body) -> Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>> {
    let pieces = body
        .into_data_stream()
        .map_err(io::Error::other)
        .timeout(SILENCE);
    Box::pin(pieces.map(|piece| {
        piece.unwrap_or_else(|gone| Err(io::Error::new(io::ErrorKind::TimedOut, gone)))
    }))
}
