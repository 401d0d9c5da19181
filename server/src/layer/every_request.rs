//! What happens to every request, in this order and back: it is recorded, its caller is known, its
//! refusal leaves in the caller's language, and browsers are told what they must not do.
//!
//! One layer rather than four: each costs every request a copy of all that lie inside it.

use app::state::language;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use tracing::Instrument;

use super::request_log::Record;
use super::{refusal, security_headers};
use crate::caller::Caller;
use crate::state::AppState;

/// What somebody should be told of. Not that a dependency is lost, which is told by itself.
fn is_failure(status: StatusCode) -> bool {
    status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE
}

/// See the module.
pub async fn accompany(State(state): State<AppState>, request: Request, next: Next) -> Response {
    around(&state, request, |request| next.run(request)).await
}

/// The same, around `inner`.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    mut request: Request,
    inner: impl FnOnce(Request) -> F,
) -> Response {
    let record = Record::begin(&request);
    let caller = Caller::attach(&mut request, &state.settings.http.trusted_proxies);
    let language = language::of_headers(request.headers());
    let response = inner(request).instrument(record.span()).await;
    let mut response = refusal::finish(response, language, record.id());
    security_headers::add(&mut response, &caller, &state.settings.origins);
    let took = record.end(&mut response);
    state.metrics.count(response.status(), took);
    state.failures.count(is_failure(response.status()));
    response
}
