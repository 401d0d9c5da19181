//! Opening and ending sessions: what the HTML form and the REST API share.

use api::account::{FirstRun, SignIn, SignedIn};
use api::error::{ApiError, ErrorCode};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::account::NewSession;
use http::{HeaderMap, HeaderValue, header};

use super::cookie::SessionCookie;
use crate::caller::Caller;
use crate::state::AppState;

/// A fresh session and the cookie that names it.
pub struct Opened {
    /// The session.
    pub session: NewSession,
    /// Its `Set-Cookie`.
    pub cookie: HeaderValue,
}

/// Signs in. An address where the browser keeps no cookie is refused before any password is tried.
pub async fn sign_in(
    state: &AppState,
    caller: &Caller,
    headers: &HeaderMap,
    sign_in: SignIn,
) -> Result<Opened, ApiError> {
    let cookie = SessionCookie::kept_by(caller, headers, state.settings.mode)?;
    let session = state
        .domain
        .accounts()
        .sign_in(sign_in, &caller.client)
        .await?;
    opened(cookie, session)
}

/// Creates the first administrator and signs in.
pub async fn first_run(
    state: &AppState,
    caller: &Caller,
    headers: &HeaderMap,
    first: FirstRun,
) -> Result<Opened, ApiError> {
    let cookie = SessionCookie::kept_by(caller, headers, state.settings.mode)?;
    let session = state
        .domain
        .accounts()
        .first_run(first, &caller.client)
        .await?;
    opened(cookie, session)
}

fn opened(cookie: SessionCookie, session: NewSession) -> Result<Opened, ApiError> {
    let cookie = cookie
        .of(&session)
        .ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
    Ok(Opened { session, cookie })
}

/// The cookie with the person that it stands for.
impl IntoResponse for Opened {
    fn into_response(self) -> Response {
        let account = self.session.account;
        (
            [(header::SET_COOKIE, self.cookie)],
            Json(SignedIn { account }),
        )
            .into_response()
    }
}
