//! Files on their way into the library, in parts that survive whatever happens on the way.

use api::error::ApiError;
use api::id::UploadId;
use api::upload::{Chunk, NewUpload, Upload};
use api::video::Uploaded;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::file::incoming::Incoming;
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_uploads, begin_upload))
        .routes(routes!(get_upload, cancel_upload))
        .routes(routes!(complete_upload))
        .routes(routes!(note_part))
}

/// Operations that take files.
pub(super) fn streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(append_chunk))
}

/// The caller's unfinished uploads, newest first
#[utoipa::path(get, path = "/uploads", tag = "uploads", security(("session" = [])),
    extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Vec<Upload>), Refusal))]
async fn list_uploads(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<Json<Vec<Upload>>, ApiError> {
    Ok(Json(domain.uploads().list(&actor).await?))
}

/// Begins an upload, or finds the one that was interrupted
///
/// A file of the same name, size and `modified_ms` goes on where it was: send the parts from
/// `received` on, then complete the upload. Too large a file is refused before its first byte.
#[utoipa::path(post, path = "/uploads", tag = "uploads", request_body = NewUpload,
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Upload), Refusal))]
async fn begin_upload(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(new): Json<NewUpload>,
) -> Result<Json<Upload>, ApiError> {
    Ok(Json(domain.uploads().begin(&actor, new).await?))
}

/// How far an upload is
#[utoipa::path(get, path = "/uploads/{id}", tag = "uploads", params(("id" = UploadId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Upload), Refusal))]
async fn get_upload(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<UploadId>,
) -> Result<Json<Upload>, ApiError> {
    Ok(Json(domain.uploads().get(&actor, id).await?))
}

/// Takes a part of a file in
///
/// What is answered is safely on the disk. `received` says where to go on, also when this part
/// was not the next one: a part sent twice or too early changes nothing. At most 8 MiB.
#[utoipa::path(put, path = "/uploads/{id}/chunks", tag = "uploads",
    params(("id" = UploadId, Path), Chunk),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Upload), Refusal))]
async fn append_chunk(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<UploadId>,
    Query(chunk): Query<Chunk>,
    part: Incoming,
) -> Result<Json<Upload>, ApiError> {
    let uploads = domain.uploads();
    Ok(Json(uploads.append(&actor, id, chunk, part.bytes).await?))
}

/// Takes note of a part that the sender brought to the object store
///
/// To the address in `next`, by `PUT`, with exactly as many bytes as it says. `received` says where to go
/// on, also when the store does not have the part: then the same address is good again.
#[utoipa::path(post, path = "/uploads/{id}/parts", tag = "uploads",
    params(("id" = UploadId, Path), Chunk),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Upload), Refusal))]
async fn note_part(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<UploadId>,
    Query(chunk): Query<Chunk>,
) -> Result<Json<Upload>, ApiError> {
    Ok(Json(domain.uploads().arrived(&actor, id, chunk).await?))
}

/// Puts a file that is wholly there into the library, or says why not
///
/// MP4 or MOV with H.264 up to 1080p, and AAC or no sound. The same bytes twice are recognised.
/// Asked again it gives the same answer, for 24 hours.
#[utoipa::path(post, path = "/uploads/{id}/complete", tag = "uploads",
    params(("id" = UploadId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Uploaded), Refusal))]
async fn complete_upload(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<UploadId>,
) -> Result<Json<Uploaded>, ApiError> {
    Ok(Json(domain.uploads().complete(&actor, id).await?))
}

/// Gives an upload up
#[utoipa::path(delete, path = "/uploads/{id}", tag = "uploads", params(("id" = UploadId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = NO_CONTENT), Refusal))]
async fn cancel_upload(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<UploadId>,
) -> Result<StatusCode, ApiError> {
    domain.uploads().cancel(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
