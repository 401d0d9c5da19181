//! What each TV does.

use api::configuration::{
    ConfigurationVersion, NewConfiguration, PublishedLoop, RestoreConfiguration, SiteLoop,
    VersionFilter,
};
use api::error::ApiError;
use api::id::SiteId;
use api::page::Page;
use leptos::prelude::*;

use crate::upstream::Upstream;
use leptos::server_fn::codec::Json;

/// What the loop editor of a site starts from.
#[server(client = Upstream)]
pub async fn get_loop(site: SiteId) -> Result<SiteLoop, ApiError> {
    crate::ssr::call(async |domain, actor| domain.configurations().site_loop(&actor, site).await)
        .await
}

/// Published versions, newest first.
#[server(client = Upstream)]
pub async fn list_versions(
    site: SiteId,
    #[server(default)] filter: VersionFilter,
) -> Result<Page<ConfigurationVersion>, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.configurations().versions(&actor, site, filter).await).await
}

/// One published version with its loop.
#[server(client = Upstream)]
pub async fn get_version(site: SiteId, version: i32) -> Result<PublishedLoop, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.configurations().version(&actor, site, version).await).await
}

/// Publishes a loop. As JSON: a form's encoding loses an empty loop.
#[server(client = Upstream, input = Json)]
pub async fn publish(
    site: SiteId,
    new: NewConfiguration,
) -> Result<ConfigurationVersion, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.configurations().publish(&actor, site, new).await).await
}

/// Publishes the content of an old version again.
#[server(client = Upstream, input = Json)]
pub async fn restore(
    site: SiteId,
    version: i32,
    wish: RestoreConfiguration,
) -> Result<ConfigurationVersion, ApiError> {
    use crate::ssr::call;
    let restore = async |domain: domain::Domain, actor| {
        domain
            .configurations()
            .restore(&actor, site, version, wish)
            .await
    };
    call(restore).await
}
