//! The pages of the TV and what they say to the player; on this machine only.

mod guard;
mod journal;
mod local;
mod media;
mod page;
mod refusal;

use std::net::SocketAddr;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::parts::Parts;

pub(crate) use journal::{PATH as JOURNAL, text as journal_text};

/// Largest report of a page, in bytes.
const REPORT_BYTES: usize = 4 * 1024;

/// Every address of the player, for requests that were sent to `own`.
pub(crate) fn router(parts: Parts, own: SocketAddr) -> Router {
    let local = Router::new()
        .route("/lease", post(local::ask_lease))
        .route("/report", post(local::report))
        .route("/release", post(local::release))
        .layer(DefaultBodyLimit::max(REPORT_BYTES))
        .layer(middleware::from_fn(guard::own_origin));
    Router::new()
        .route("/", get(page::to_tv))
        .route("/tv", get(page::tv))
        .route("/tv/{file}", get(page::asset))
        .route("/media/{sha256}", get(media::file))
        .route(journal::PATH, get(journal::lines))
        .nest("/local", local)
        .layer(middleware::from_fn_with_state(own, guard::own_host))
        .with_state(parts)
}
