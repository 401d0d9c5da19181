//! The REST API: every handler is one line over a verb of the domain.

mod alerts;
mod configurations;
mod dashboard;
mod document;
mod enrolments;
mod events;
mod first_run;
mod foreign;
mod home;
mod messages;
mod player;
mod player_files;
mod plays;
mod session;
mod site_health;
mod site_keys;
mod sites;
mod uploads;
mod video_files;
mod videos;

pub(crate) use document::Refusal;
use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// Operations with small bodies that are answered within seconds.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(session::router())
        .merge(first_run::router())
        .merge(dashboard::router())
        .merge(home::router())
        .merge(sites::router())
        .merge(site_health::router())
        .merge(configurations::router())
        .merge(enrolments::router())
        .merge(site_keys::router())
        .merge(videos::router())
        .merge(video_files::router())
        .merge(uploads::router())
        .merge(foreign::router())
        .merge(plays::router())
        .merge(alerts::router())
        .merge(messages::router())
        .merge(player_files::router())
        .merge(events::router())
}

/// What players ask and tell all day, by its whole address: a prefix that is taken off costs each
/// request another address.
pub fn players() -> OpenApiRouter<AppState> {
    player::router()
}

/// Operations that take files: the domain limits them.
pub fn uploads() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(uploads::streams())
        .merge(video_files::streams())
}
