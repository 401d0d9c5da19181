//! The desired state: computed when it changes, stored as the bytes that are sent.

mod derive;
pub(crate) mod follow;
mod renew;
mod rows;

use std::collections::HashMap;
use std::sync::Arc;

use api::error::ErrorCode;
use api::event::Event;
use api::hash::FileHash;
use api::id::SiteId;
use api::player::ManifestFile;
use sea_orm::{ConnectionTrait, EntityTrait};

pub(crate) use renew::renew;

use super::StoredState;
use crate::entity::desired_state;
use crate::gather::Gather;
use crate::{Domain, Error, Result};

/// States that are being asked for, by site.
pub(crate) type Asked = Gather<SiteId, Arc<StoredState>>;

/// How often something changed that states are made of.
fn known_at(domain: &Domain) -> i64 {
    let changes = &domain.inner.changes;
    let topics = ["sites", "configurations", "videos"];
    topics.map(|topic| changes.version(topic)).iter().sum()
}

/// The state of a site, from memory unless something changed.
///
/// A race between the reading of the count and that of the row can only remember a newer state
/// under an older count, which is read again.
pub(super) async fn current(domain: &Domain, site: SiteId) -> Result<Arc<StoredState>> {
    let inner = &domain.inner;
    let at = known_at(domain);
    if let Some(state) = inner.players.state(site, at) {
        return Ok(state);
    }
    // Boxed: most requests never come here, and do not carry the room that it needs.
    let asked = inner.states_asked.ask(site, |sites| load(domain, sites));
    let state = Box::pin(asked).await?;
    let state = state.ok_or(Error::refused(ErrorCode::NotFound))?;
    inner.players.remember_state(site, Arc::clone(&state), at);
    Ok(state)
}

/// Call it after the commit of another state: polls read it anew, and who listens is told.
pub(crate) fn changed(domain: &Domain, site: SiteId) {
    let inner = &domain.inner;
    inner.players.forget_state(site);
    inner.bus.publish(Event::StateChanged { site });
    inner.bus.publish(Event::SiteChanged { site });
}

/// Reads the states of sites. Where one is not what the rows say, which may have been edited by
/// hand, it is made anew first; a site without one gets it.
async fn load(domain: &Domain, sites: Vec<SiteId>) -> Result<HashMap<SiteId, Arc<StoredState>>> {
    let inner = &domain.inner;
    let transaction = inner.database.read().await?;
    let found = rows::read(&transaction, &sites).await?;
    drop(transaction);
    let mut states = HashMap::with_capacity(sites.len());
    let mut stale = Vec::new();
    for (site, rows) in found.sites {
        match derive::stored(&rows, &found.videos) {
            Some(body) => _ = states.insert(site, Arc::new(StoredState::of(body.to_vec()))),
            None => stale.push(site),
        }
    }
    if stale.is_empty() {
        return Ok(states);
    }
    let transaction = inner.database.write().await?;
    let renewed = renew(&transaction, &stale, inner.clock.now()).await?;
    // Also those that somebody else made anew meanwhile.
    let found = rows::read(&transaction, &stale).await?;
    transaction.commit().await?;
    for state in renewed.iter().filter(|state| state.had_another) {
        changed(domain, state.site);
    }
    for (site, rows) in found.sites {
        let stored = rows.stored.map(|row| StoredState::of(row.body));
        states.extend(stored.map(|state| (site, Arc::new(state))));
    }
    Ok(states)
}

/// Whether the current or the previous manifest of a site names a file.
pub(super) async fn names_file(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    sha256: FileHash,
) -> Result<bool> {
    let row = desired_state::Entity::find_by_id(site.0)
        .one(transaction)
        .await?;
    let manifests = row
        .into_iter()
        .flat_map(|row| [row.files, row.previous_files]);
    Ok(manifests
        .filter_map(|files| serde_json::from_value::<Vec<ManifestFile>>(files).ok())
        .flatten()
        .any(|file| file.sha256 == sha256))
}
