//! Files on their way into the library. Their bytes go by the REST door, which streams.

use api::error::ApiError;
use api::id::UploadId;
use api::upload::{Chunk, NewUpload, Upload};
use api::video::Uploaded;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// The caller's unfinished uploads.
#[server(client = Upstream)]
pub async fn list_uploads() -> Result<Vec<Upload>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.uploads().list(&actor).await).await
}

/// Begins an upload, or finds the one that was interrupted.
#[server(client = Upstream)]
pub async fn begin_upload(new: NewUpload) -> Result<Upload, ApiError> {
    crate::ssr::call(async |domain, actor| domain.uploads().begin(&actor, new).await).await
}

/// Says that the object store has a part.
#[server(client = Upstream)]
pub async fn note_part(id: UploadId, chunk: Chunk) -> Result<Upload, ApiError> {
    crate::ssr::call(async |domain, actor| domain.uploads().arrived(&actor, id, chunk).await).await
}

/// Puts a file that is wholly there into the library.
#[server(client = Upstream)]
pub async fn complete_upload(id: UploadId) -> Result<Uploaded, ApiError> {
    crate::ssr::call(async |domain, actor| domain.uploads().complete(&actor, id).await).await
}

/// Gives an upload up.
#[server(client = Upstream)]
pub async fn cancel_upload(id: UploadId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.uploads().cancel(&actor, id).await).await
}
