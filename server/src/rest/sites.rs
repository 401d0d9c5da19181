//! Sites.

use api::error::ApiError;
use api::id::SiteId;
use api::page::Page;
use api::site::{NewSite, Site, SiteDetail, SiteFilter};
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
        .routes(routes!(list_sites, create_site))
        .routes(routes!(get_site, update_site))
}

/// A page of the sites, by name
#[utoipa::path(get, path = "/sites", tag = "sites", params(SiteFilter), security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = Page<Site>), Refusal))]
async fn list_sites(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<SiteFilter>,
) -> Result<Json<Page<Site>>, ApiError> {
    Ok(Json(domain.sites().list(&actor, filter).await?))
}

/// Creates a site
#[utoipa::path(post, path = "/sites", tag = "sites", request_body = NewSite, security(("session" = [])),
    extensions(("x-permission" = json!("manage_sites"))),
    responses((status = CREATED, body = Site), Refusal))]
async fn create_site(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(new): Json<NewSite>,
) -> Result<(StatusCode, Json<Site>), ApiError> {
    Ok((
        StatusCode::CREATED,
        Json(domain.sites().create(&actor, new).await?),
    ))
}

/// One site with its player
#[utoipa::path(get, path = "/sites/{id}", tag = "sites", params(("id" = SiteId, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = SiteDetail), Refusal))]
async fn get_site(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<SiteId>,
) -> Result<Json<SiteDetail>, ApiError> {
    Ok(Json(domain.sites().get(&actor, id).await?))
}

/// Changes a site's facts
#[utoipa::path(put, path = "/sites/{id}", tag = "sites", params(("id" = SiteId, Path)),
    request_body = NewSite, security(("session" = [])),
    extensions(("x-permission" = json!("manage_sites"))),
    responses((status = OK, body = Site), Refusal))]
async fn update_site(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<SiteId>,
    Json(change): Json<NewSite>,
) -> Result<Json<Site>, ApiError> {
    Ok(Json(domain.sites().update(&actor, id, change).await?))
}
