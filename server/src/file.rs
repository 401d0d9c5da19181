//! Answers with a stored file: whole, a range, or not at all.

pub mod incoming;
pub mod range;

use api::error::{ApiError, ErrorCode};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use domain::storage::StoredFile;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use range::Part;

/// Files are named by their bytes and never change; only signed-in browsers may keep them.
const CACHE: HeaderValue = HeaderValue::from_static("private, max-age=86400, immutable");

/// Where the file is, if its storage gives it away by itself; else the file.
pub async fn refer(file: StoredFile, headers: &HeaderMap) -> Result<Response, ApiError> {
    let Some(link) = &file.link else {
        return answer(file, headers).await;
    };
    let location = HeaderValue::try_from(link).map_err(|_| ApiError::new(ErrorCode::Internal))?;
    let head = [
        (header::LOCATION, location),
        // It is good for some minutes only.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::FOUND, head).into_response())
}

/// The file as the request's headers ask for it.
pub async fn answer(file: StoredFile, headers: &HeaderMap) -> Result<Response, ApiError> {
    if range::is_known(headers, &file.etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, file.etag)]).into_response());
    }
    let size = file.size;
    let (status, bytes) = match range::of(headers, &file.etag, size) {
        Part::Whole => (StatusCode::OK, 0..size),
        Part::Range(bytes) => (StatusCode::PARTIAL_CONTENT, bytes),
        Part::Unsatisfiable => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((range, ApiError::new(ErrorCode::RangeNotSatisfiable)).into_response());
        }
    };
    let mut head = HeaderMap::new();
    head.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(file.content_type),
    );
    head.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline"),
    );
    head.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    head.insert(header::CACHE_CONTROL, CACHE);
    head.insert(header::CONTENT_LENGTH, (bytes.end - bytes.start).into());
    if let Ok(etag) = HeaderValue::try_from(&file.etag) {
        head.insert(header::ETAG, etag);
    }
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = range::content_range(&bytes, size).parse()
    {
        head.insert(header::CONTENT_RANGE, range);
    }
    let bytes = file.read(bytes).await.map_err(domain::Error::from)?;
    Ok((status, head, Body::from_stream(bytes)).into_response())
}
