//! The caller's session.

use api::account::{
    Account, ChangePassword, OwnSession, Refresh, SignIn, SignedIn as SignedInAnswer, StepUp,
    SteppedUp, Tokens,
};
use api::error::ApiError;
use api::id::SessionId;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use domain::Domain;
use http::{HeaderMap, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::auth::{cookie, session};
use crate::caller::Caller;
use crate::extract::{Json, Path, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, find_session, sign_out))
        .routes(routes!(refresh_session))
        .routes(routes!(step_up))
        .routes(routes!(change_password))
        .routes(routes!(list_sessions, end_other_sessions))
        .routes(routes!(end_session))
}

/// Signs in: the session comes as a cookie
///
/// A dashboard of `ALLOWED_ORIGINS` whose browser did not bring back the cookie of
/// `GET /api/v1/dashboard` gets `tokens` instead.
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

/// The next tokens of a session, for a browser that keeps no cookie of this site
///
/// A refresh token is good once. One that comes back ends its session.
#[utoipa::path(post, path = "/session/tokens", tag = "session", request_body = Refresh,
    responses((status = OK, body = Tokens), Refusal))]
async fn refresh_session(
    State(domain): State<Domain>,
    Json(typed): Json<Refresh>,
) -> Result<Json<Tokens>, ApiError> {
    let accounts = domain.accounts();
    Ok(Json(accounts.refresh(&typed.refresh_token).await?))
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

/// Takes the password again, before something dangerous
///
/// For five minutes, operations that refuse with `step_up_required` go through within this
/// session. Failures are throttled like sign-ins.
#[utoipa::path(post, path = "/session/step-up", tag = "session", request_body = StepUp,
    security(("session" = [])), responses((status = OK, body = SteppedUp), Refusal))]
async fn step_up(
    State(domain): State<Domain>,
    caller: Caller,
    SignedIn(actor): SignedIn,
    Json(typed): Json<StepUp>,
) -> Result<Json<SteppedUp>, ApiError> {
    let client = &caller.client;
    Ok(Json(
        domain.accounts().step_up(&actor, typed, client).await?,
    ))
}

/// Gives the signed-in person another password and ends the other sessions
///
/// Asks for step-up.
#[utoipa::path(put, path = "/session/password", tag = "session", request_body = ChangePassword,
    security(("session" = [])), responses((status = NO_CONTENT), Refusal))]
async fn change_password(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(change): Json<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    domain.accounts().change_password(&actor, change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The open sessions of the signed-in person, the last used first
#[utoipa::path(get, path = "/sessions", tag = "session", security(("session" = [])), responses(
    (status = OK, body = Vec<OwnSession>),
    Refusal,
))]
async fn list_sessions(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<Json<Vec<OwnSession>>, ApiError> {
    Ok(Json(domain.accounts().sessions(&actor).await?))
}

/// Ends all sessions of the signed-in person but this one
#[utoipa::path(delete, path = "/sessions", tag = "session", security(("session" = [])), responses(
    (status = NO_CONTENT),
    Refusal,
))]
async fn end_other_sessions(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<StatusCode, ApiError> {
    domain.accounts().end_other_sessions(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one session of the signed-in person
#[utoipa::path(delete, path = "/sessions/{id}", tag = "session", params(("id" = SessionId, Path)),
    security(("session" = [])), responses((status = NO_CONTENT), Refusal))]
async fn end_session(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, ApiError> {
    domain.accounts().end_session(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
