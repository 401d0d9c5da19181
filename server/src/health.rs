//! `GET /health`: what the hosting platform asks.

use api::health::Health;
use axum::extract::State;
use domain::Domain;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Json;
use crate::state::AppState;

/// The route.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_health))
}

/// Whether the server can serve
///
/// 200 while healthy or degraded: a platform would restart for ever over a lost database.
#[utoipa::path(get, path = "/health", tag = "health", responses((status = OK, body = Health)))]
async fn get_health(State(domain): State<Domain>) -> Json<Health> {
    Json(domain.health().await)
}
