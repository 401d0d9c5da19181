//! What server functions cannot do for themselves.

use api::error::{ApiError, ErrorCode};
use axum::body::to_bytes;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Actor;
use http::{HeaderName, StatusCode};

/// Server functions that strangers may call. None: sign-in is a plain page.
pub const PUBLIC: [&str; 0] = [];

/// Set by server functions on every error.
const ERROR_HEADER: HeaderName = HeaderName::from_static("serverfnerror");
/// A refusal is a few sentences.
const REFUSAL_BYTES: usize = 64 * 1024;

/// Refuses strangers before the arguments are read: a server function is closed until
/// somebody lists it in [`PUBLIC`].
pub async fn require_sign_in(request: Request, next: Next) -> Response {
    let is_signed_in = matches!(request.extensions().get(), Some(Actor::Person { .. }));
    if is_signed_in || PUBLIC.contains(&request.uri().path()) {
        next.run(request).await
    } else {
        ApiError::new(ErrorCode::Unauthenticated).into_response()
    }
}

/// Gives a refusal its own status: Leptos 0.8 answers every one with 500.
pub async fn restore_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_error = response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && response.headers().contains_key(&ERROR_HEADER);
    if !is_error {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, REFUSAL_BYTES).await.unwrap_or_default();
    let refusal =
        serde_json::from_slice(&bytes).unwrap_or_else(|_| ApiError::new(ErrorCode::Internal));
    let mut restored = refusal.into_response();
    if let Some(path) = parts.headers.get(&ERROR_HEADER) {
        restored.headers_mut().insert(ERROR_HEADER, path.clone());
    }
    restored
}
