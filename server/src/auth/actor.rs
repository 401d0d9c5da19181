//! Cookie or bearer token become the [`Actor`] that every verb takes first.

use api::error::{ApiError, ErrorCode};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::Actor;
use http::request::Parts;
use http::{HeaderMap, header};
use secrecy::SecretString;

use super::{cookie, csrf, page};
use crate::state::AppState;

/// What the [`Actor`] was recognised by, for who looks again later.
#[derive(Clone, Debug)]
pub struct Credential(pub SecretString);

impl<S: Send + Sync> FromRequestParts<S> for Credential {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let credential = parts.extensions.get::<Self>().cloned();
        credential.ok_or_else(|| ApiError::new(ErrorCode::Unauthenticated))
    }
}

/// Refuses what a page of another origin may not do; then attaches the [`Actor`] to the request's
/// extensions. Strangers have none.
///
/// A token that is not valid makes a stranger. A database that does not answer is no reason to
/// tell somebody that they are signed out: that refusal is passed on.
pub async fn attach(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match recognise(&state, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal,
    }
}

/// The request with its [`Actor`], or its refusal: see [`attach`].
pub async fn recognise(state: &AppState, mut request: Request) -> Result<Request, Response> {
    if let Err(refusal) = csrf::check(&request, &state.settings) {
        return Err(page::refuse(state, request.headers(), refusal).await);
    }
    let headers = request.headers();
    match authenticate(state, headers).await {
        Ok(Some((actor, credential))) => {
            request.extensions_mut().insert(actor);
            request.extensions_mut().insert(credential);
        }
        Err(refusal) if refusal.code.status().is_server_error() => {
            return Err(page::refuse(state, request.headers(), refusal).await);
        }
        Ok(None) | Err(_) => {}
    }
    Ok(request)
}

async fn authenticate(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<Option<(Actor, Credential)>, ApiError> {
    let (actor, token) = if let Some(token) = bearer(headers) {
        let actor = state.domain.players().authenticate(token).await?;
        (actor, token.to_owned())
    } else if let Some(token) = cookie::token(headers, state.settings.mode) {
        let accounts = state.domain.accounts();
        // Boxed: players' requests do not carry the room that it needs.
        let actor = Box::pin(accounts.authenticate(&token)).await?;
        (actor, token)
    } else {
        return Ok(None);
    };
    Ok(Some((actor, Credential(token.into()))))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
