//! Refusals leave in the caller's language, with what HTTP asks to go with them.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};

use super::request_log::RequestId;

/// How long the throttle asks to wait, in seconds; the sentence says a minute too.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("60");
/// How long it takes to deal with what waits, in seconds.
const RETRY_SOON: HeaderValue = HeaderValue::from_static("5");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"NeoPro\"");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Says every [`ApiError`] that a handler or layer answered in the caller's language; names the
/// request where the cause stands in the log only.
pub fn finish(mut response: Response, language: Language, id: RequestId) -> Response {
    match response.extensions_mut().remove::<ApiError>() {
        Some(refusal) => said_again(response, refusal, language, id),
        None => response,
    }
}

fn said_again(
    response: Response,
    refusal: ApiError,
    language: Language,
    id: RequestId,
) -> Response {
    let mut refusal = refusal.in_language(language);
    if matches!(refusal.code, ErrorCode::Internal | ErrorCode::Unavailable) {
        refusal.request_id = Some(id.to_string());
    }
    let (mut parts, _) = response.into_parts();
    for (name, value) in headers_of(refusal.code) {
        parts.headers.insert(name, value);
    }
    parts.headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.tag()),
    );
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = axum::Json(refusal).into_response().into_body();
    Response::from_parts(parts, Body::new(body))
}

fn headers_of(code: ErrorCode) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let challenge = (code.status() == http::StatusCode::UNAUTHORIZED)
        .then_some((header::WWW_AUTHENTICATE, CHALLENGE));
    let retry = match code {
        ErrorCode::TooManyRequests | ErrorCode::Unavailable => Some(RETRY_AFTER),
        ErrorCode::Overloaded => Some(RETRY_SOON),
        _ => None,
    };
    let retry = retry.map(|value| (header::RETRY_AFTER, value));
    let fresh = Some((header::CACHE_CONTROL, NO_STORE));
    [challenge, retry, fresh].into_iter().flatten()
}
