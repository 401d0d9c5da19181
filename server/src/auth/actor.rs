//! Cookie or bearer token become the [`Actor`] that every verb takes first.

use api::error::ApiError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::Actor;
use http::{HeaderMap, header};

use super::{cookie, page};
use crate::state::AppState;

/// Attaches the [`Actor`] to the request's extensions; strangers have none.
///
/// A token that is not valid makes a stranger. A database that does not answer is no reason to
/// tell somebody that they are signed out: that refusal is passed on.
pub async fn attach(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    match authenticate(&state, request.headers()).await {
        Ok(Some(actor)) => {
            request.extensions_mut().insert(actor);
        }
        Err(refusal) if refusal.code.status().is_server_error() => {
            return page::refuse(&state, request.headers(), refusal).await;
        }
        Ok(None) | Err(_) => {}
    }
    next.run(request).await
}

async fn authenticate(state: &AppState, headers: &HeaderMap) -> Result<Option<Actor>, ApiError> {
    let actor = if let Some(token) = bearer(headers) {
        state.domain.players().authenticate(token).await?
    } else if let Some(token) = cookie::token(headers, state.settings.mode) {
        state.domain.accounts().authenticate(&token).await?
    } else {
        return Ok(None);
    };
    Ok(Some(actor))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
