//! The keys of sites' screens.

use api::error::ApiError;
use api::id::SiteId;
use api::key::SiteKeys;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// The keys of a site, and what happened to them.
#[server(client = Upstream)]
pub async fn list_site_keys(site: SiteId) -> Result<SiteKeys, ApiError> {
    crate::ssr::call(async |domain, actor| domain.linked_keys().list(&actor, site).await).await
}

/// Accepts a pending key. Asks for step-up.
#[server(client = Upstream)]
pub async fn accept_site_key(site: SiteId, key_id: String) -> Result<SiteKeys, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.linked_keys().accept(&actor, site, &key_id).await).await
}

/// Puts a retiring key back. Asks for step-up.
#[server(client = Upstream)]
pub async fn restore_site_key(site: SiteId, key_id: String) -> Result<SiteKeys, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.linked_keys().restore(&actor, site, &key_id).await).await
}

/// Refuses a pending key, or revokes another one. Revoking asks for step-up.
#[server(client = Upstream)]
pub async fn revoke_site_key(site: SiteId, key_id: String) -> Result<SiteKeys, ApiError> {
    use crate::ssr::call;
    call(async |domain, actor| domain.linked_keys().revoke(&actor, site, &key_id).await).await
}
