//! What changes, while somebody listens: server-sent events.

use std::convert::Infallible;

use api::error::ApiError;
use api::event::Event;
use axum::extract::State;
use axum::response::sse::{self, Sse};
use axum::response::{IntoResponse, Response};
use domain::Domain;
use domain::live::Frame;
use futures::{Stream, StreamExt};
use http::{HeaderMap, HeaderName};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::auth::actor::Credential;
use crate::extract::{PlayerAuth, SignedIn};
use crate::state::AppState;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// Asks proxies to pass events on at once.
const UNBUFFERED: [(HeaderName, &str); 1] = [(HeaderName::from_static("x-accel-buffering"), "no")];

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(follow_events))
        .routes(routes!(follow_player_events))
}

/// What changes, as far as the caller may read it: ids only, at most once
///
/// Begins with `resync`, unless nothing happened since `Last-Event-ID`. An event `ping` is sent
/// every 20 s. The stream ends with the session.
#[utoipa::path(get, path = "/events", tag = "events",
    params(("Last-Event-ID" = Option<String>, Header, description = "The last event that the caller has.")),
    security(("session" = [])), extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, content_type = "text/event-stream", body = Event), Refusal))]
async fn follow_events(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Credential(token): Credential,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let last = headers
        .get(LAST_EVENT_ID)
        .and_then(|last| last.to_str().ok());
    Ok(answer(
        domain.events().follow(&actor, token, last)?,
        |event| sse::Event::default().json_data(event).unwrap_or_default(),
    ))
}

/// Tells a player that its desired state changed: `state-changed`
///
/// Polling is the truth: losing one loses nothing. An event `ping` is sent every 20 s. The stream
/// ends with the token.
#[utoipa::path(get, path = "/player/events", tag = "player",
    security(("player" = [])), extensions(("x-permission" = json!("run_site"))),
    responses((status = OK, content_type = "text/event-stream", body = String), Refusal))]
async fn follow_player_events(
    State(domain): State<Domain>,
    PlayerAuth(actor): PlayerAuth,
    Credential(token): Credential,
) -> Result<Response, ApiError> {
    Ok(answer(domain.events().follow_state(&actor, token)?, |_| {
        sse::Event::default().event("state-changed").data("{}")
    }))
}

/// Frames as they are sent; `say` writes an event, what names it is added.
fn answer(
    frames: impl Stream<Item = Frame> + Send + 'static,
    say: impl Fn(Event) -> sse::Event + Send + 'static,
) -> Response {
    let events = frames.map(move |frame| {
        let (event, position) = match frame {
            Frame::Event { position, event } => (say(event), position),
            Frame::Ping { position } => (sse::Event::default().event("ping").data("{}"), position),
        };
        Ok::<_, Infallible>(event.id(position))
    });
    (UNBUFFERED, Sse::new(events)).into_response()
}
