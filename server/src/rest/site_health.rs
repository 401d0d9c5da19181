//! How the machine behind a site's TV is.

use api::error::ApiError;
use api::id::SiteId;
use api::telemetry::{HealthFilter, SiteHealth};
use axum::extract::State;
use domain::Domain;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_site_health))
}

/// How a site's machine was over a day, a week or a month, and its availability
#[utoipa::path(get, path = "/sites/{id}/health", tag = "sites", params(("id" = SiteId, Path), HealthFilter),
    security(("session" = [])), extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = SiteHealth), Refusal))]
async fn get_site_health(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<SiteId>,
    Query(filter): Query<HealthFilter>,
) -> Result<Json<SiteHealth>, ApiError> {
    Ok(Json(domain.telemetry().health(&actor, id, filter).await?))
}
