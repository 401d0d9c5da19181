//! Nobody waits for ever.

use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::body_limit;

/// Longer than any answer should take, shorter than proxies wait.
const LIMIT: Duration = Duration::from_secs(30);

/// Refuses bodies that are too large, and when the head of the answer takes longer than 30 s;
/// streamed answers may go on.
pub async fn guard(request: Request, next: Next) -> Response {
    let answer = async {
        match body_limit::read(request).await {
            Ok(request) => next.run(request).await,
            Err(refusal) => refusal.into_response(),
        }
    };
    tokio::time::timeout(LIMIT, answer)
        .await
        .unwrap_or_else(|_| ApiError::new(ErrorCode::Unavailable).into_response())
}
