//! Alerts.

use api::alert::{Alert, AlertFilter};
use api::error::ApiError;
use api::id::{AlertId, SiteId};
use api::page::Page;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// A page of the alerts, open ones first.
#[server(client = Upstream)]
pub async fn list_alerts(#[server(default)] filter: AlertFilter) -> Result<Page<Alert>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.alerts().list(&actor, filter).await).await
}

/// Notes that the signed-in person knows of an alert.
#[server(client = Upstream)]
pub async fn acknowledge_alert(id: AlertId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.alerts().acknowledge(&actor, id).await).await
}

/// Tells nobody of a site's alerts for some hours; 0 ends it.
#[server(client = Upstream)]
pub async fn mute_site(id: SiteId, hours: u32) -> Result<(), ApiError> {
    let mute = api::alert::Mute { hours };
    crate::ssr::call(async |domain, actor| domain.alerts().mute(&actor, id, mute).await).await
}
