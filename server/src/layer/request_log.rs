//! Every request has an id, which its log lines carry and its answer names.

use std::fmt;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tracing::{Instrument, Span};
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request in the log. Always ours: what a caller sends could be forged.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Opens the request's span and writes one line when it is answered. The path of an unknown
/// route is left out, as are all queries: they may hold what nobody should read in a log.
pub async fn record(mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    let span = span_of(&request, id);
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    span.in_scope(|| write(&response, start));
    response
}

fn span_of(request: &Request, id: RequestId) -> Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str);
    tracing::info_span!(
        "request",
        request.id = %id,
        method = %request.method(),
        route,
    )
}

fn write(response: &Response, start: Instant) {
    let status = response.status().as_u16();
    let latency_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    if response.status().is_server_error() {
        tracing::error!(status, latency_ms, "answered");
    } else {
        tracing::info!(status, latency_ms, "answered");
    }
}
