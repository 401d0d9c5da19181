//! The bytes of the clips, with ranges.

use api::hash::FileHash;
use axum::extract::{Path, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use super::refusal::Refusal;
use crate::parts::Parts;

/// The library takes MP4 and MOV with H.264 and AAC; browsers read both as the former.
const VIDEO: HeaderValue = HeaderValue::from_static("video/mp4");
/// The bytes are on this machine already: a second copy in the browser's cache only wears the card.
const NO_COPY: HeaderValue = HeaderValue::from_static("no-store");

/// A file of the configuration that is shown, or of the one before.
pub(super) async fn file(
    State(parts): State<Parts>,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let sha256: FileHash = sha256.parse().map_err(|_| Refusal::NotFound)?;
    if !parts.applied.names(sha256) {
        return Err(Refusal::NotFound);
    }
    let served = ServeFile::new(parts.store.path(sha256))
        .try_call(request)
        .await;
    let mut response = served.map_err(|_| Refusal::Internal)?.into_response();
    if response.status().is_success() {
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, VIDEO);
        headers.insert(CACHE_CONTROL, NO_COPY);
    }
    Ok(response)
}
