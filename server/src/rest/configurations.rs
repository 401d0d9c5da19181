//! What each TV does.

use api::configuration::{
    ConfigurationVersion, NewConfiguration, PublishedLoop, RestoreConfiguration, SiteLoop,
    VersionFilter,
};
use api::error::ApiError;
use api::id::SiteId;
use api::page::Page;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_site_loop))
        .routes(routes!(list_configurations, publish_configuration))
        .routes(routes!(get_configuration))
        .routes(routes!(restore_configuration))
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

/// Published versions, newest first
#[utoipa::path(get, path = "/sites/{id}/configurations", tag = "configurations",
    params(("id" = SiteId, Path), VersionFilter), security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = Page<ConfigurationVersion>), Refusal))]
async fn list_configurations(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(site): Path<SiteId>,
    Query(filter): Query<VersionFilter>,
) -> Result<Json<Page<ConfigurationVersion>>, ApiError> {
    let page = domain.configurations().versions(&actor, site, filter).await;
    Ok(Json(page?))
}

/// One published version with its loop
#[utoipa::path(get, path = "/sites/{id}/configurations/{version}", tag = "configurations",
    params(("id" = SiteId, Path), ("version" = i32, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = PublishedLoop), Refusal))]
async fn get_configuration(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path((site, version)): Path<(SiteId, i32)>,
) -> Result<Json<PublishedLoop>, ApiError> {
    let version = domain.configurations().version(&actor, site, version).await;
    Ok(Json(version?))
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

/// Publishes the content of an old version as the next one
///
/// Refused with `configuration_changed` when another was published since `base_version`, and with
/// `video_unknown` when the library misses a video that is not in `leave_out`.
#[utoipa::path(post, path = "/sites/{id}/configurations/{version}/restore", tag = "configurations",
    params(("id" = SiteId, Path), ("version" = i32, Path)), request_body = RestoreConfiguration,
    security(("session" = [])),
    extensions(("x-permission" = json!("publish_configurations"))),
    responses((status = CREATED, body = ConfigurationVersion), Refusal))]
async fn restore_configuration(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path((site, version)): Path<(SiteId, i32)>,
    Json(wish): Json<RestoreConfiguration>,
) -> Result<(StatusCode, Json<ConfigurationVersion>), ApiError> {
    let restored = domain
        .configurations()
        .restore(&actor, site, version, wish)
        .await;
    Ok((StatusCode::CREATED, Json(restored?)))
}
