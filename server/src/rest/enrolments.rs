//! Enrolment: how a screen becomes a site's player.

use api::enrolment::{
    AcceptEnrolment, EnrolAnswer, EnrolPoll, EnrolRequest, EnrolStatus, PendingEnrolment,
};
use api::error::ApiError;
use api::id::SiteId;
use api::site::Site;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::caller::Caller;
use crate::extract::{Json, Path, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(request_enrolment))
        .routes(routes!(poll_enrolment))
        .routes(routes!(find_enrolment))
        .routes(routes!(accept_enrolment))
}

/// A player shows its key and gets a code to show
#[utoipa::path(post, path = "/enrol", tag = "enrolment", request_body = EnrolRequest,
    responses((status = CREATED, body = EnrolAnswer), Refusal))]
async fn request_enrolment(
    State(domain): State<Domain>,
    caller: Caller,
    Json(request): Json<EnrolRequest>,
) -> Result<(StatusCode, Json<EnrolAnswer>), ApiError> {
    let answer = domain.enrolments().request(request, &caller.client).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A player asks whether somebody accepted it
#[utoipa::path(post, path = "/enrol/poll", tag = "enrolment", request_body = EnrolPoll,
    responses((status = OK, body = EnrolStatus), Refusal))]
async fn poll_enrolment(
    State(domain): State<Domain>,
    Json(poll): Json<EnrolPoll>,
) -> Result<Json<EnrolStatus>, ApiError> {
    Ok(Json(domain.enrolments().poll(poll).await?))
}

/// The screen behind a typed code
///
/// Wrong, used and expired codes get the same answer: `pairing_code_unknown`.
#[utoipa::path(post, path = "/enrolments/find", tag = "enrolment", request_body = AcceptEnrolment,
    security(("session" = [])), extensions(("x-permission" = json!("pair_players"))),
    responses((status = OK, body = PendingEnrolment), Refusal))]
async fn find_enrolment(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(typed): Json<AcceptEnrolment>,
) -> Result<Json<PendingEnrolment>, ApiError> {
    Ok(Json(domain.enrolments().find(&actor, &typed.code).await?))
}

/// Links the screen behind a code to a site
///
/// A code works once. Where the site has a screen already, the new one waits as its pending key
/// until it is accepted. A screen that belongs to another site moves if `move_from` names that
/// site; taking a screen that is in use asks for step-up.
#[utoipa::path(post, path = "/sites/{id}/player", tag = "enrolment", params(("id" = SiteId, Path)),
    request_body = AcceptEnrolment, security(("session" = [])),
    extensions(("x-permission" = json!("pair_players"))),
    responses((status = OK, body = Site), Refusal))]
async fn accept_enrolment(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(site): Path<SiteId>,
    Json(accept): Json<AcceptEnrolment>,
) -> Result<Json<Site>, ApiError> {
    Ok(Json(
        domain.enrolments().accept(&actor, site, accept).await?,
    ))
}
