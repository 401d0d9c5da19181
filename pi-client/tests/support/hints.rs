//! The stream of hints.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::stream;

use super::answers::{Refusal, bearer};
use super::{Hint, Shared};

pub async fn events(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    let offered = shared.change(|world| {
        bearer(world, &headers)?;
        world.listening += u32::from(world.hints);
        Ok(world.hints)
    })?;
    if !offered {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let hints = shared.hints.subscribe();
    let events = stream::unfold(hints, |mut hints| async move {
        let changed = hints.recv().await.ok()? == Hint::Changed;
        let event = b"event: state-changed\ndata: {}\n\n".to_vec();
        changed.then_some((Ok::<_, std::io::Error>(event), hints))
    });
    let kind = [(CONTENT_TYPE, "text/event-stream")];
    Ok((kind, Body::from_stream(events)).into_response())
}
