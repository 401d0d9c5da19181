//! The content of an old version becomes the next one.

use api::configuration::{ConfigurationVersion, NewConfiguration, RestoreConfiguration};
use api::id::SiteId;
use serde_json::json;

use super::{publish, query};
use crate::audit::{self, Entry};
use crate::database::Transaction;
use crate::{Actor, Domain, Result};

/// Publishes what a version said, but for missing videos that the reader leaves out.
pub(super) async fn restore(
    domain: &Domain,
    transaction: &Transaction,
    actor: &Actor,
    (site, number): (SiteId, i32),
    wish: RestoreConfiguration,
) -> Result<ConfigurationVersion> {
    let (_, items) = query::published_items(transaction, site, number).await?;
    let known = query::known(transaction, &items).await?;
    let videos = items
        .iter()
        .map(|item| item.video_id)
        .filter(|id| known.contains_key(id) || !wish.leave_out.contains(id))
        .collect();
    let new = NewConfiguration {
        base_version: wish.base_version,
        videos,
        comment: format!("Reprise de la version {number}"),
    };
    let published = publish::publish(domain, transaction, actor, site, new).await?;
    let entry = Entry {
        action: "configuration.restore",
        object: Some(site.0),
        details: json!({ "from": number, "version": published.version, "left_out": wish.leave_out }),
        actor,
    };
    audit::record(transaction, &domain.inner.clock, entry).await?;
    Ok(published)
}
