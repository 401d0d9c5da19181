//! The proof.

use api::error::ApiError;
use api::report::{PlayFilter, PlayReport};
use leptos::prelude::*;

use crate::upstream::Upstream;

/// Counts plays by day, by video and by site.
#[server(client = Upstream)]
pub async fn report_plays(#[server(default)] filter: PlayFilter) -> Result<PlayReport, ApiError> {
    crate::ssr::call(async |domain, actor| domain.plays().report(&actor, filter).await).await
}
