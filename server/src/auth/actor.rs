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
use crate::caller::Caller;
use crate::state::AppState;

/// The scheme of a token in its header, as far as the token.
const BEARER: &str = "bearer ";

/// What the [`Actor`] was recognised by, for who looks again later.
#[derive(Debug)]
pub struct Credential(pub SecretString);

impl FromRequestParts<AppState> for Credential {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let bearer = bearer(&parts.headers).map(str::to_owned);
        bearer
            .or_else(|| cookie::token(&parts.headers, state.settings.mode))
            .map(|token| Self(token.into()))
            .ok_or_else(|| ApiError::new(ErrorCode::Unauthenticated))
    }
}

/// Refuses what a page of another origin may not do; then attaches the [`Actor`] and the client to
/// the request's extensions. Strangers are no actor.
///
/// A token that is not valid makes a stranger. A database that does not answer is no reason to
/// tell somebody that they are signed out: that refusal is passed on.
pub async fn attach(
    State(state): State<AppState>,
    caller: Caller,
    mut request: Request,
    next: Next,
) -> Response {
    // Server functions know nothing of this crate.
    request.extensions_mut().insert(caller.client);
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
        Ok(Some(actor)) => {
            request.extensions_mut().insert(actor);
        }
        Err(refusal) if refusal.code.status().is_server_error() => {
            return Err(page::refuse(state, request.headers(), refusal).await);
        }
        Ok(None) | Err(_) => {}
    }
    Ok(request)
}

async fn authenticate(state: &AppState, headers: &HeaderMap) -> Result<Option<Actor>, ApiError> {
    let accounts = state.domain.accounts();
    if let Some(token) = bearer(headers) {
        return match state.domain.players().authenticate(token).await {
            // A person, then, whose browser keeps no cookie of this site.
            Err(error) if is_player_refused(&error) => {
                Ok(Some(Box::pin(accounts.authenticate(token)).await?))
            }
            player => Ok(Some(player?)),
        };
    }
    let Some(token) = cookie::token(headers, state.settings.mode) else {
        return Ok(None);
    };
    // Boxed: players' requests do not carry the room that it needs.
    Ok(Some(Box::pin(accounts.authenticate(&token)).await?))
}

fn is_player_refused(error: &domain::Error) -> bool {
    matches!(error, domain::Error::Refused(refusal) if refusal.code == ErrorCode::PlayerRefused)
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_at_checked(BEARER.len())?;
    scheme
        .eq_ignore_ascii_case(BEARER)
        .then(|| token.trim_ascii())
}
