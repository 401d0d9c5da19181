//! Nobody waits for ever.

use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Longer than any answer should take, shorter than proxies wait.
const LIMIT: Duration = Duration::from_secs(30);

/// Refuses when the head of the answer takes longer than 30 s; streamed bodies may go on.
pub async fn guard(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::new(ErrorCode::Unavailable).into_response(),
    }
}
