//! `GET /health` and `GET /ready`: what hosting platforms and proxies ask.

use api::health::{Health, HealthStatus};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Json;
use crate::state::AppState;

/// The routes.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_health))
        .routes(routes!(get_ready))
}

/// Whether the server can serve
///
/// 200 while healthy or degraded: a platform would restart for ever over a lost database.
#[utoipa::path(get, path = "/health", tag = "health", responses(
    (status = OK, body = Health),
    (status = SERVICE_UNAVAILABLE, body = Health, description = "Nothing can be served"),
))]
async fn get_health(State(domain): State<Domain>) -> (StatusCode, Json<Health>) {
    let health = domain.health().await;
    let is_serving = health.status != HealthStatus::Unhealthy;
    (status(is_serving), Json(health))
}

/// Whether a proxy should send requests here
///
/// 503 while the database does not answer.
#[utoipa::path(get, path = "/ready", tag = "health", responses(
    (status = OK, body = Health),
    (status = SERVICE_UNAVAILABLE, body = Health, description = "The database does not answer"),
))]
async fn get_ready(State(domain): State<Domain>) -> (StatusCode, Json<Health>) {
    let health = domain.health().await;
    (
        status(health.is_ready() && !domain.is_leaving()),
        Json(health),
    )
}

fn status(is_well: bool) -> StatusCode {
    if is_well {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}
