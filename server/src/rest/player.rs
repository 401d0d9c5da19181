//! What players ask and tell.

use api::error::ApiError;
use api::path;
use api::play::{PlayBatch, PlayBatchAnswer};
use api::player::{
    Challenge, ChallengeRequest, DesiredState, PlayerToken, Report, ReportAnswer, TokenRequest,
};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::Domain;
use http::{HeaderValue, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, PlayerAuth};
use crate::file::range;
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create_challenge))
        .routes(routes!(create_player_token))
        .routes(routes!(get_player_state))
        .routes(routes!(report_player))
        .routes(routes!(deliver_plays))
}

/// Something to sign within a minute, with the server's time
#[utoipa::path(post, context_path = path::API, path = "/player/challenge", tag = "player", request_body = ChallengeRequest,
    responses((status = OK, body = Challenge), Refusal))]
async fn create_challenge(
    State(domain): State<Domain>,
    Json(request): Json<ChallengeRequest>,
) -> Json<Challenge> {
    Json(domain.players().challenge(&request))
}

/// A 15-minute bearer token for a player that signed its challenge
#[utoipa::path(post, context_path = path::API, path = "/player/token", tag = "player", request_body = TokenRequest,
    responses((status = OK, body = PlayerToken), Refusal))]
async fn create_player_token(
    State(domain): State<Domain>,
    Json(request): Json<TokenRequest>,
) -> Result<Json<PlayerToken>, ApiError> {
    Ok(Json(domain.players().token(request).await?))
}

/// The desired state of the player's site
#[utoipa::path(get, context_path = path::API, path = "/player/state", tag = "player",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` that the player has.")),
    security(("player" = [])), extensions(("x-permission" = json!("run_site"))),
    responses(
        (status = OK, body = DesiredState, headers(("ETag" = String))),
        (status = NOT_MODIFIED),
        Refusal,
    ))]
async fn get_player_state(
    State(domain): State<Domain>,
    PlayerAuth(actor): PlayerAuth,
    // Whole: what asks for the headers gets a copy of them.
    request: Request,
) -> Result<Response, ApiError> {
    let state = domain.players().state(&actor).await?;
    let etag = [(header::ETAG, state.etag.clone())];
    if range::is_known(request.headers(), &state.etag) {
        return Ok((StatusCode::NOT_MODIFIED, etag).into_response());
    }
    let json = HeaderValue::from_static("application/json");
    Ok((etag, [(header::CONTENT_TYPE, json)], state.body.clone()).into_response())
}

/// Takes note of how the player is; answers the current `ETag` of its desired state
#[utoipa::path(post, context_path = path::API, path = "/player/report", tag = "player", request_body = Report,
    security(("player" = [])), extensions(("x-permission" = json!("run_site"))),
    responses((status = OK, body = ReportAnswer), Refusal))]
async fn report_player(
    State(domain): State<Domain>,
    PlayerAuth(actor): PlayerAuth,
    Json(report): Json<Report>,
) -> Result<Json<ReportAnswer>, ApiError> {
    Ok(Json(domain.players().report(&actor, report).await?))
}

/// Stores a delivery of at most 500 plays, every play once
///
/// Acknowledged plays are durable: the player may forget them.
#[utoipa::path(post, context_path = path::API, path = "/player/plays", tag = "player", request_body = PlayBatch,
    security(("player" = [])), extensions(("x-permission" = json!("run_site"))),
    responses((status = OK, body = PlayBatchAnswer), Refusal))]
async fn deliver_plays(
    State(domain): State<Domain>,
    PlayerAuth(actor): PlayerAuth,
    Json(batch): Json<PlayBatch>,
) -> Result<Json<PlayBatchAnswer>, ApiError> {
    Ok(Json(domain.plays().deliver(&actor, batch).await?))
}
