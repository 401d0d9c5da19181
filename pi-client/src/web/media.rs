//! The bytes of the clips, with ranges.

use api::hash::FileHash;
use axum::extract::{Path, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tower_http::services::ServeFile;

use super::refusal::Refusal;
use crate::parts::Parts;

/// The library takes MP4 and MOV with H.264 and AAC; browsers read both as the former.
const VIDEO: HeaderValue = HeaderValue::from_static("video/mp4");
/// Pictures, by their first bytes: names of files are hashes and say nothing.
const PICTURES: [(&[u8], HeaderValue); 2] = [
    (b"\xff\xd8\xff", HeaderValue::from_static("image/jpeg")),
    (b"\x89PNG", HeaderValue::from_static("image/png")),
];
const AS_TOLD: HeaderValue = HeaderValue::from_static("nosniff");
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
    let path = parts.store.path(sha256);
    let kind = kind(&path).await;
    let served = ServeFile::new(path).try_call(request).await;
    let mut response = served.map_err(|_| Refusal::Internal)?.into_response();
    if response.status().is_success() {
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(X_CONTENT_TYPE_OPTIONS, AS_TOLD);
        headers.insert(CACHE_CONTROL, NO_COPY);
    }
    Ok(response)
}

/// What a file is. One that cannot be read is told of when it is served.
async fn kind(path: &std::path::Path) -> HeaderValue {
    let mut head = Vec::new();
    if let Ok(file) = File::open(path).await {
        _ = file.take(4).read_to_end(&mut head).await;
    }
    let found = PICTURES
        .into_iter()
        .find(|(start, _)| head.starts_with(start));
    found.map_or(VIDEO, |(_, kind)| kind)
}
