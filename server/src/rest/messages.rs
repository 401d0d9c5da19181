//! Messages to people.

use api::error::ApiError;
use api::id::MessageId;
use api::message::{Channels, Message, MessageFilter, Tried, TryChannel};
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
        .routes(routes!(list_messages))
        .routes(routes!(get_channels))
        .routes(routes!(try_channel))
        .routes(routes!(retry_message))
}

/// A page of the messages, the newest first
#[utoipa::path(get, path = "/messages", tag = "messages", params(MessageFilter), security(("session" = [])),
    extensions(("x-permission" = json!("manage_messages"))),
    responses((status = OK, body = Page<Message>), Refusal))]
async fn list_messages(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<MessageFilter>,
) -> Result<Json<Page<Message>>, ApiError> {
    Ok(Json(domain.messages().list(&actor, filter).await?))
}

/// Which channels are configured
#[utoipa::path(get, path = "/channels", tag = "messages", security(("session" = [])),
    extensions(("x-permission" = json!("manage_messages"))),
    responses((status = OK, body = Channels), Refusal))]
async fn get_channels(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<Json<Channels>, ApiError> {
    Ok(Json(domain.messages().channels(&actor)?))
}

/// Sends a test to Slack, or as a mail to the caller, and tells how it went
#[utoipa::path(post, path = "/channels/try", tag = "messages", request_body = TryChannel,
    security(("session" = [])), extensions(("x-permission" = json!("manage_messages"))),
    responses((status = OK, body = Tried), Refusal))]
async fn try_channel(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Json(tried): Json<TryChannel>,
) -> Result<Json<Tried>, ApiError> {
    let outcome = domain.messages().try_channel(&actor, tried.channel).await?;
    Ok(Json(outcome))
}

/// Sends a message again that was given up
#[utoipa::path(post, path = "/messages/{id}/retry", tag = "messages", params(("id" = MessageId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("manage_messages"))),
    responses((status = NO_CONTENT), Refusal))]
async fn retry_message(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<MessageId>,
) -> Result<StatusCode, ApiError> {
    domain.messages().retry(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
