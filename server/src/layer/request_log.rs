//! Every request has an id, which its log lines carry and its answer names.

use std::fmt;
use std::time::Instant;

use api::path;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use tracing::Instrument;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// What platforms and players ask every few seconds, each of them.
const DETAIL: [&str; 3] = ["/health", path::STATE, path::REPORT];

/// Names one request in the log. Always ours: what a caller sends could be forged.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Opens the request's span and writes one line when it is answered. Routes stand for paths, and
/// queries are left out: they may hold what nobody should read in a log.
pub async fn record(mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    let span = tracing::info_span!("request", request.id = %id);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    let route = route.as_ref().map_or("(no route)", MatchedPath::as_str);
    span.in_scope(|| write(&method, route, response.status(), start));
    response
}

/// A failure is an error, what platforms and players ask every few seconds is detail.
fn write(method: &Method, route: &str, status: StatusCode, start: Instant) {
    let duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let line = format!("request: {method} {route} answered {}", status.as_u16());
    if status.is_server_error() {
        tracing::error!(http.status = status.as_u16(), duration_ms, "{line}");
    } else if DETAIL.contains(&route) && status.as_u16() < 400 {
        tracing::debug!(http.status = status.as_u16(), duration_ms, "{line}");
    } else {
        tracing::info!(http.status = status.as_u16(), duration_ms, "{line}");
    }
}
