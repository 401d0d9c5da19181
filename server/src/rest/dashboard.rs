//! How a dashboard on another site is received.

use api::dashboard::Reception;
use api::error::ApiError;
use app::WIRE;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::Actor;
use http::{HeaderMap, HeaderValue, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::auth::{cookie, origin};
use crate::extract::{Json, MaybeSignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(receive_dashboard))
}

/// How this server receives a dashboard, before anybody signs in
///
/// Pages of every origin may read it, so that one that is not allowed can say so. A cookie comes with
/// it: brought back with the sign-in, it shows that the browser keeps cookies of this site.
#[utoipa::path(get, path = "/dashboard", tag = "session", responses(
    (status = OK, body = Reception),
    Refusal,
))]
async fn receive_dashboard(
    State(state): State<AppState>,
    MaybeSignedIn(actor): MaybeSignedIn,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let origin = origin::origin_of(&headers);
    let reception = Reception {
        is_allowed: origin.is_none_or(|origin| state.settings.origins.accept(origin)),
        first_run: !state.domain.accounts().exist().await?,
        is_signed_in: matches!(actor, Some(Actor::Person { .. })),
        wire: WIRE.to_owned(),
    };
    let probe = cookie::probe().map(|line| [(header::SET_COOKIE, line)]);
    // Where the origin is allowed, its own name takes this place.
    let everybody = HeaderValue::from_static("*");
    let readable = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, everybody),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((probe, readable, Json(reception)))
}
