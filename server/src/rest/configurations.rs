//! What each TV does.

use api::configuration::{ConfigurationVersion, NewConfiguration, SiteLoop};
use api::error::ApiError;
use api::id::SiteId;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_site_loop))
        .routes(routes!(list_configurations, publish_configuration))
}

/// What the loop editor of a site starts from
#[utoipa::path(get, path = "/sites/{id}/loop", tag = "configurations",
    params(("id" = SiteId, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = SiteLoop), Refusal))]
async fn get_site_loop(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(site): Path<SiteId>,
) -> Result<Json<SiteLoop>, ApiError> {
    Ok(Json(domain.configurations().site_loop(&actor, site).await?))
}

/// Published versions, newest first, at most 50
#[utoipa::path(get, path = "/sites/{id}/configurations", tag = "configurations",
    params(("id" = SiteId, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = Vec<ConfigurationVersion>), Refusal))]
async fn list_configurations(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(site): Path<SiteId>,
) -> Result<Json<Vec<ConfigurationVersion>>, ApiError> {
    Ok(Json(domain.configurations().versions(&actor, site).await?))
}

/// Publishes a loop as the next version
///
/// Refused with `configuration_changed` when another was published since `base_version`.
#[utoipa::path(post, path = "/sites/{id}/configurations", tag = "configurations",
    params(("id" = SiteId, Path)), request_body = NewConfiguration, security(("session" = [])),
    extensions(("x-permission" = json!("publish_configurations"))),
    responses((status = CREATED, body = ConfigurationVersion), Refusal))]
async fn publish_configuration(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(site): Path<SiteId>,
    Json(new): Json<NewConfiguration>,
) -> Result<(StatusCode, Json<ConfigurationVersion>), ApiError> {
    let version = domain.configurations().publish(&actor, site, new).await?;
    Ok((StatusCode::CREATED, Json(version)))
}
