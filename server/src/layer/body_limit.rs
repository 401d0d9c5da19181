//! JSON and forms are small; uploads have their own limit in the domain.

use api::error::{ApiError, ErrorCode};
use api::limit::JSON_BYTES;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;

/// Reads the whole body before the handler runs, so that what is over the limit is refused in
/// the same words at every door: server functions have no limit of their own.
pub async fn guard(request: Request, next: Next) -> Response {
    let too_large = || ApiError::new(ErrorCode::TooLarge).into_response();
    let (parts, body) = request.into_parts();
    if body.size_hint().lower() > JSON_BYTES as u64 {
        return too_large();
    }
    match to_bytes(body, JSON_BYTES).await {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(error) if is_limit(&error) => too_large(),
        Err(_) => ApiError::new(ErrorCode::Transport).into_response(),
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let cause = std::error::Error::source(error);
    cause.is_some_and(<dyn std::error::Error>::is::<LengthLimitError>)
}
