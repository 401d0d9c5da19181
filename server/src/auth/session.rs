//! Opening and ending sessions: what the HTML form and the REST API share.

use api::account::{FirstRun, SignIn, SignedIn, Tokens};
use api::error::{ApiError, ErrorCode};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::account::NewSession;
use http::{HeaderMap, HeaderValue, header};

use super::cookie::SessionCookie;
use crate::caller::Caller;
use crate::state::AppState;

/// A fresh session, and what names it.
pub struct Opened {
    /// The session.
    pub session: NewSession,
    /// What the browser keeps.
    pub kept: Kept,
}

/// What a browser keeps of its session.
pub enum Kept {
    /// This `Set-Cookie`.
    Cookie(HeaderValue),
    /// Tokens: it is on another site, and keeps no cookie of ours.
    Tokens(Tokens),
}

/// Signs in. An address where the browser keeps no cookie is refused before any password is tried.
pub async fn sign_in(
    state: &AppState,
    caller: &Caller,
    headers: &HeaderMap,
    sign_in: SignIn,
) -> Result<Opened, ApiError> {
    let cookie = SessionCookie::kept_by(caller, headers, &state.settings)?;
    let session = state
        .domain
        .accounts()
        .sign_in(sign_in, &caller.client)
        .await?;
    opened(state, cookie, session)
}

/// Creates the first administrator and signs in.
pub async fn first_run(
    state: &AppState,
    caller: &Caller,
    headers: &HeaderMap,
    first: FirstRun,
) -> Result<Opened, ApiError> {
    let cookie = SessionCookie::kept_by(caller, headers, &state.settings)?;
    let session = state
        .domain
        .accounts()
        .first_run(first, &caller.client)
        .await?;
    opened(state, cookie, session)
}

fn opened(
    state: &AppState,
    cookie: Option<SessionCookie>,
    session: NewSession,
) -> Result<Opened, ApiError> {
    let kept = match cookie {
        Some(cookie) => {
            let line = cookie.of(&session);
            Kept::Cookie(line.ok_or_else(|| ApiError::new(ErrorCode::Internal))?)
        }
        None => Kept::Tokens(state.domain.accounts().tokens(&session)?),
    };
    Ok(Opened { session, kept })
}

/// What the browser keeps, with the person that it stands for.
impl IntoResponse for Opened {
    fn into_response(self) -> Response {
        let account = self.session.account;
        match self.kept {
            Kept::Cookie(line) => {
                let tokens = None;
                let answer = Json(SignedIn { account, tokens });
                ([(header::SET_COOKIE, line)], answer).into_response()
            }
            Kept::Tokens(tokens) => {
                let tokens = Some(tokens);
                Json(SignedIn { account, tokens }).into_response()
            }
        }
    }
}
