//! Every request has an id, which its log lines carry and its answer names.

use std::fmt;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use tracing::{Level, Span};
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// What every player asks all the time.
const PLAYERS: &str = "/api/v1/player/";

/// Names one request in the log. Always ours: what a caller sends could be forged.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A request under way: its span, and what the line about it will say. Routes stand for paths, and
/// queries are left out: they may hold what nobody should read in a log.
pub struct Record {
    id: RequestId,
    span: Span,
    method: Method,
    route: Option<MatchedPath>,
    start: Instant,
}

impl Record {
    /// Gives the request its id.
    pub fn begin(request: &Request) -> Self {
        let id = RequestId(Uuid::now_v7());
        Self {
            id,
            span: tracing::info_span!("request", request.id = %id),
            method: request.method().clone(),
            route: request.extensions().get::<MatchedPath>().cloned(),
            start: Instant::now(),
        }
    }

    /// What the log lines of this request stand in.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// Its name.
    pub fn id(&self) -> RequestId {
        self.id
    }

    /// Names the request in its answer and writes its line. Returns how long it took.
    pub fn end(self, response: &mut Response) -> Duration {
        let mut text = Uuid::encode_buffer();
        let id = self.id.0.as_hyphenated().encode_lower(&mut text);
        if let Ok(value) = HeaderValue::from_str(id) {
            response.headers_mut().insert(HEADER, value);
        }
        let route = self
            .route
            .as_ref()
            .map_or("(no route)", MatchedPath::as_str);
        let _entered = self.span.enter();
        let took = self.start.elapsed();
        write(&self.method, route, response.status(), took);
        took
    }
}

/// Writes the line at the level that its reader wants.
fn write(method: &Method, route: &str, status: StatusCode, took: Duration) {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let line = || format!("request: {method} {route} answered {}", status.as_u16());
    let http_status = status.as_u16();
    match level(route, status) {
        Level::ERROR => tracing::error!(http.status = http_status, duration_ms, "{}", line()),
        Level::DEBUG => tracing::debug!(http.status = http_status, duration_ms, "{}", line()),
        _ => tracing::info!(http.status = http_status, duration_ms, "{}", line()),
    }
}

/// A failure is an error. What platforms and players ask every few seconds is detail: a fleet
/// would write hundreds of lines a second that say that all is well.
fn level(route: &str, status: StatusCode) -> Level {
    let often = route == "/health" || (route.starts_with(PLAYERS) && !status.is_client_error());
    match status {
        status if status.is_server_error() => Level::ERROR,
        _ if often => Level::DEBUG,
        _ => Level::INFO,
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use tracing::Level;

    use super::level;

    #[test]
    fn what_comes_every_few_seconds_is_detail_unless_it_fails() {
        for (route, status, expected) in [
            ("/health", StatusCode::OK, Level::DEBUG),
            ("/health", StatusCode::SERVICE_UNAVAILABLE, Level::ERROR),
            (
                "/api/v1/player/state",
                StatusCode::NOT_MODIFIED,
                Level::DEBUG,
            ),
            (
                "/api/v1/player/state",
                StatusCode::UNAUTHORIZED,
                Level::INFO,
            ),
            (
                "/api/v1/player/plays",
                StatusCode::INTERNAL_SERVER_ERROR,
                Level::ERROR,
            ),
            ("/api/v1/sites", StatusCode::OK, Level::INFO),
        ] {
            assert_eq!(level(route, status), expected, "{route} {status}");
        }
    }
}
