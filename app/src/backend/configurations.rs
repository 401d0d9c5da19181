//! What each TV does.

use api::configuration::{ConfigurationVersion, NewConfiguration, SiteLoop};
use api::error::ApiError;
use api::id::SiteId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// What the loop editor of a site starts from.
#[server]
pub async fn get_loop(site: SiteId) -> Result<SiteLoop, ApiError> {
    crate::ssr::call(async |domain, actor| domain.configurations().site_loop(&actor, site).await)
        .await
}

/// Published versions, newest first.
#[server]
pub async fn list_versions(site: SiteId) -> Result<Vec<ConfigurationVersion>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.configurations().versions(&actor, site).await)
        .await
}

/// Publishes a loop. As JSON: a form's encoding loses an empty loop.
#[server(input = Json)]
pub async fn publish(
    site: SiteId,
    new: NewConfiguration,
) -> Result<ConfigurationVersion, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.configurations().publish(&actor, site, new).await).await
}
