//! JSON and forms are small; uploads have their own limit in the domain.

use api::error::{ApiError, ErrorCode};
use api::limit::JSON_BYTES;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use http_body_util::LengthLimitError;

/// Reads the whole body before the handler runs, so that what is over the limit is refused in
/// the same words at every door: server functions have no limit of their own.
pub async fn read(request: Request) -> Result<Request, ApiError> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    if body.size_hint().lower() > JSON_BYTES as u64 {
        return Err(ApiError::new(ErrorCode::TooLarge));
    }
    match to_bytes(body, JSON_BYTES).await {
        Ok(bytes) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Err(error) if is_limit(&error) => Err(ApiError::new(ErrorCode::TooLarge)),
        Err(_) => Err(ApiError::new(ErrorCode::Transport)),
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let cause = std::error::Error::source(error);
    cause.is_some_and(<dyn std::error::Error>::is::<LengthLimitError>)
}
