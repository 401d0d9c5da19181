//! The fleet at a glance.

use api::error::ApiError;
use api::home::Home;
use axum::extract::State;
use domain::Domain;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_home))
}

/// Is everything all right, and what did it show today?
#[utoipa::path(get, path = "/home", tag = "home", security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = Home), Refusal))]
async fn get_home(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<Json<Home>, ApiError> {
    Ok(Json(domain.home().get(&actor).await?))
}
