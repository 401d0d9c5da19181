//! The caller's session.

use api::account::{Account, SignIn, SignedIn as SignedInAnswer};
use api::error::ApiError;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use domain::Domain;
use http::{HeaderMap, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::auth::{cookie, session};
use crate::caller::Caller;
use crate::extract::{Json, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(sign_in, find_session, sign_out))
}

/// Signs in: the session comes as a cookie
///
/// Failures are throttled by account and by network. An address where browsers keep no session
/// cookie (plain HTTP from another machine) is refused with `insecure_address`.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, responses(
    (status = CREATED, body = SignedInAnswer, headers(("Set-Cookie" = String, description = "The session."))),
    Refusal,
))]
async fn sign_in(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Json(typed): Json<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let opened = session::sign_in(&state, &caller, &headers, typed).await?;
    Ok((StatusCode::CREATED, opened))
}

/// The signed-in person
#[utoipa::path(get, path = "/session", tag = "session", security(("session" = [])), responses(
    (status = OK, body = Account),
    Refusal,
))]
async fn find_session(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<Json<Account>, ApiError> {
    Ok(Json(domain.accounts().me(&actor).await?))
}

/// Signs out, on every instance within seconds
#[utoipa::path(delete, path = "/session", tag = "session", security(("session" = [])), responses(
    (status = NO_CONTENT),
    Refusal,
))]
async fn sign_out(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<impl IntoResponse, ApiError> {
    domain.accounts().sign_out(&actor).await?;
    let removals: Vec<_> = cookie::removals()
        .map(|value| (header::SET_COOKIE, value))
        .collect();
    Ok((StatusCode::NO_CONTENT, AppendHeaders(removals)))
}
