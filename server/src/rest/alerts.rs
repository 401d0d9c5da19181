//! Alerts.

use api::alert::{Alert, AlertFilter, Mute};
use api::error::ApiError;
use api::id::{AlertId, SiteId};
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
        .routes(routes!(list_alerts))
        .routes(routes!(acknowledge_alert))
        .routes(routes!(mute_site))
}

/// A page of the alerts, open ones first
#[utoipa::path(get, path = "/alerts", tag = "alerts", params(AlertFilter), security(("session" = [])),
    extensions(("x-permission" = json!("view_alerts"))),
    responses((status = OK, body = Page<Alert>), Refusal))]
async fn list_alerts(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<AlertFilter>,
) -> Result<Json<Page<Alert>>, ApiError> {
    Ok(Json(domain.alerts().list(&actor, filter).await?))
}

/// Notes that somebody knows of an alert
#[utoipa::path(post, path = "/alerts/{id}/acknowledge", tag = "alerts", params(("id" = AlertId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("manage_alerts"))),
    responses((status = NO_CONTENT), Refusal))]
async fn acknowledge_alert(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<AlertId>,
) -> Result<StatusCode, ApiError> {
    domain.alerts().acknowledge(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells nobody of a site's alerts for some hours; 0 ends it
#[utoipa::path(put, path = "/sites/{id}/mute", tag = "alerts", params(("id" = SiteId, Path)),
    request_body = Mute, security(("session" = [])),
    extensions(("x-permission" = json!("manage_alerts"))),
    responses((status = NO_CONTENT), Refusal))]
async fn mute_site(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<SiteId>,
    Json(mute): Json<Mute>,
) -> Result<StatusCode, ApiError> {
    domain.alerts().mute(&actor, id, mute).await?;
    Ok(StatusCode::NO_CONTENT)
}
