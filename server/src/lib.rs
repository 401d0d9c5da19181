//! NeoPro's server: the doors to the domain, the command line, start-up.

// The dashboard's views are deep types.
#![recursion_limit = "256"]

pub mod assets;
pub mod auth;
pub mod bundle;
pub mod caller;
pub mod check;
pub mod command;
pub mod extract;
pub mod file;
pub mod health;
pub mod layer;
pub mod metrics;
pub mod openapi;
pub mod pages;
pub mod rest;
pub mod serve;
pub mod settings;
pub mod shutdown;
pub mod state;
pub mod telemetry;

use api::path;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::layer::{cors, every_request, player_door, timeout};
pub use crate::state::AppState;

/// Everything that the server answers. Of two layers in one pair the first is the outer one.
pub fn router(state: AppState) -> Router {
    let quick = Router::new()
        .merge(health::router())
        .nest(path::API, rest::router().into())
        .merge(pages::plain())
        .merge(pages::server_functions(&state))
        .merge(pages::dashboard(&state))
        // Last: the body is read when everything else has agreed.
        .layer(from_fn(timeout::guard));
    let players = Router::from(rest::players())
        .method_not_allowed_fallback(pages::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), player_door::pass));
    Router::new()
        .merge(quick)
        .nest(path::API, rest::uploads().into())
        .method_not_allowed_fallback(pages::method_not_allowed)
        .fallback(pages::not_found)
        // Other origins are refused; then cookie or bearer token become the actor.
        .layer(from_fn_with_state(state.clone(), auth::actor::attach))
        // Files and documents are for everybody.
        .merge(metrics::router())
        .merge(openapi::router())
        .merge(bundle::download::router())
        .merge(assets::router(&state.leptos))
        .layer((
            // Outside of what still changes bodies.
            CompressionLayer::new().compress_when(worth_compressing()),
            // Recorded, and before anything is refused: a refusal is for the page to read too.
            from_fn_with_state(state.clone(), every_request::accompany),
            cors::layer(&state.settings.origins),
        ))
        .merge(players)
        .with_state(state)
}

/// Films are compressed already, and parts of them must keep their length.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("video/"))
}
