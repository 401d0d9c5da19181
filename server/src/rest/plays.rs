//! The proof.

use api::error::ApiError;
use api::report::{PlayFilter, PlayReport};
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::Domain;
use http::header;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Query, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(report_plays))
        .routes(routes!(export_plays))
}

/// Counts plays by day, by video and by site
#[utoipa::path(get, path = "/plays/report", tag = "plays", params(PlayFilter), security(("session" = [])),
    extensions(("x-permission" = json!("view_plays"))),
    responses((status = OK, body = PlayReport), Refusal))]
async fn report_plays(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<PlayFilter>,
) -> Result<Json<PlayReport>, ApiError> {
    Ok(Json(domain.plays().report(&actor, filter).await?))
}

/// Every play as CSV: UTF-8 with BOM, `;`, one header line
#[utoipa::path(get, path = "/plays.csv", tag = "plays", params(PlayFilter), security(("session" = [])),
    extensions(("x-permission" = json!("view_plays"))),
    responses((status = OK, content_type = "text/csv", body = String), Refusal))]
async fn export_plays(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<PlayFilter>,
) -> Result<Response, ApiError> {
    let lines = domain.plays().csv(&actor, filter).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"neopro-diffusions.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}
