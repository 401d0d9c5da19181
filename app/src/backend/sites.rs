//! Sites.

use api::error::ApiError;
use api::id::SiteId;
use api::page::Page;
use api::site::{NewSite, Site, SiteDetail, SiteFilter};
use api::telemetry::{HealthFilter, SiteHealth};
use leptos::prelude::*;

use crate::upstream::Upstream;

/// A page of the sites.
#[server(client = Upstream)]
pub async fn list_sites(#[server(default)] filter: SiteFilter) -> Result<Page<Site>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.sites().list(&actor, filter).await).await
}

/// One site with its player.
#[server(client = Upstream)]
pub async fn get_site(id: SiteId) -> Result<SiteDetail, ApiError> {
    crate::ssr::call(async |domain, actor| domain.sites().get(&actor, id).await).await
}

/// How a site's machine was.
#[server(client = Upstream)]
pub async fn get_site_health(id: SiteId, filter: HealthFilter) -> Result<SiteHealth, ApiError> {
    crate::ssr::call(async |domain, actor| domain.telemetry().health(&actor, id, filter).await)
        .await
}

/// Creates a site and goes to its page.
#[server(client = Upstream)]
pub async fn create_site(new: NewSite) -> Result<Site, ApiError> {
    let create = crate::ssr::call(async |domain, actor| domain.sites().create(&actor, new).await);
    create.await.inspect(crate::ssr::go_to_site)
}

/// Changes a site's facts and goes to its page.
#[server(client = Upstream)]
pub async fn update_site(id: SiteId, change: NewSite) -> Result<Site, ApiError> {
    use crate::ssr::{call, go_to_site};
    let update = call(async |domain, actor| domain.sites().update(&actor, id, change).await);
    update.await.inspect(go_to_site)
}
