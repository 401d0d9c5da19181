//! What a fleet asks all day passes one layer, which does what the others do for everything else:
//! a layer costs more than most of what it does. Nothing is compressed, since players do not ask.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::{every_request, timeout};
use crate::auth::actor;
use crate::state::AppState;

/// See the module.
pub async fn pass(State(state): State<AppState>, request: Request, next: Next) -> Response {
    every_request::around(&state, request, async |request| {
        match actor::recognise(&state, request).await {
            Ok(request) => timeout::guard(request, next).await,
            Err(refusal) => refusal,
        }
    })
    .await
}
