//! The first administrator.

use api::account::{FirstRun, SignedIn};
use api::error::ApiError;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::auth::session;
use crate::caller::Caller;
use crate::extract::Json;
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(create_first_admin))
}

/// Creates the first administrator and signs in
///
/// Only while there is no user, with the one-time code printed in the server's log.
#[utoipa::path(post, path = "/first-run", tag = "session", request_body = FirstRun, responses(
    (status = CREATED, body = SignedIn, headers(("Set-Cookie" = String, description = "The session."))),
    Refusal,
))]
async fn create_first_admin(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Json(first): Json<FirstRun>,
) -> Result<impl IntoResponse, ApiError> {
    let opened = session::first_run(&state, &caller, &headers, first).await?;
    Ok((StatusCode::CREATED, opened))
}
