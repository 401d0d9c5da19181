//! Pages of other origins may not change anything here.

use api::error::{ApiError, ErrorCode};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};

use super::{cookie, origin, page};
use crate::caller::Caller;
use crate::settings::Settings;
use crate::state::AppState;

/// Refuses unsafe methods that a page of another origin sent. Browsers always name the origin
/// of such requests; programs without a cookie have nothing that a page could abuse.
pub async fn guard(
    State(state): State<AppState>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Response {
    match check(
        request.method(),
        request.headers(),
        &caller,
        &state.settings,
    ) {
        Ok(()) => next.run(request).await,
        Err(refusal) => page::refuse(&state, request.headers(), refusal).await,
    }
}

fn check(
    method: &Method,
    headers: &HeaderMap,
    caller: &Caller,
    settings: &Settings,
) -> Result<(), ApiError> {
    if method.is_safe() {
        return Ok(());
    }
    let has_session = cookie::token(headers, settings.mode).is_some();
    match headers.get(header::ORIGIN) {
        Some(origin) => {
            let origin = origin.to_str().unwrap_or("null");
            origin::check(origin, caller, &settings.origins)
        }
        None if has_session => Err(ApiError::new(ErrorCode::OriginRefused)),
        None => Ok(()),
    }
}
