//! The desired state: computed when it changes, stored as the bytes that are sent.

use std::sync::Arc;

use api::configuration::Configuration;
use api::error::ErrorCode;
use api::event::Event;
use api::hash::FileHash;
use api::id::SiteId;
use api::player::{DesiredState, ManifestFile};
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::StoredState;
use crate::entity::{desired_state, site};
use crate::{Domain, Error, Result};

/// The state of a site, from memory unless something changed.
///
/// A race between the reading of the count and that of the row can only remember a newer state
/// under an older count, which is read again.
pub(super) async fn current(domain: &Domain, site: SiteId) -> Result<Arc<StoredState>> {
    let inner = &domain.inner;
    let topics = ["sites", "configurations", "videos"];
    let at = topics
        .map(|topic| inner.changes.version(topic))
        .iter()
        .sum();
    if let Some(state) = inner.players.state(site, at) {
        return Ok(state);
    }
    // Boxed: most requests never come here, and do not carry the room that it needs.
    let state = Arc::new(Box::pin(load(domain, site)).await?);
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

/// Reads the stored state; makes it where there is none, or where the site was renamed since.
async fn load(domain: &Domain, id: SiteId) -> Result<StoredState> {
    let transaction = domain.inner.database.read().await?;
    let (name, stored) = rows(&transaction, id).await?;
    if let Some(row) = stored.filter(|row| name_in(row).as_ref() == Some(&name)) {
        return Ok(StoredState::of(row.body));
    }
    drop(transaction);
    let transaction = domain.inner.database.write().await?;
    // Read again, once no publication is under way: it locks the site as well.
    lock(&transaction, id).await?;
    let (name, stored) = rows(&transaction, id).await?;
    let mut state = stored
        .as_ref()
        .and_then(|row| serde_json::from_slice(&row.body).ok())
        .unwrap_or_else(|| DesiredState {
            site_name: String::new(),
            configuration_version: 0,
            configuration: Configuration::default(),
            files: Vec::new(),
        });
    state.site_name = name;
    let previous = stored.map_or_else(|| serde_json::json!([]), |row| row.previous_files);
    let now = domain.inner.clock.now();
    let body = store(&transaction, id, &state, previous, now).await?;
    transaction.commit().await?;
    Ok(StoredState::of(body))
}

async fn lock(transaction: &impl ConnectionTrait, id: SiteId) -> Result<()> {
    site::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(transaction)
        .await?;
    Ok(())
}

async fn rows(
    transaction: &impl ConnectionTrait,
    id: SiteId,
) -> Result<(String, Option<desired_state::Model>)> {
    let row = site::Entity::find_by_id(id.0)
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    let stored = desired_state::Entity::find_by_id(id.0)
        .one(transaction)
        .await?;
    Ok((row.name, stored))
}

fn name_in(row: &desired_state::Model) -> Option<String> {
    let state: DesiredState = serde_json::from_slice(&row.body).ok()?;
    Some(state.site_name)
}

/// Stores `state` as what the site's player shall be, in place of the one before, whose files
/// may still be fetched.
pub(crate) async fn replace(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    state: &DesiredState,
    now: DateTime<Utc>,
) -> Result<()> {
    let before = desired_state::Entity::find_by_id(site.0)
        .one(transaction)
        .await?;
    let previous = before.map_or_else(|| serde_json::json!([]), |row| row.files);
    store(transaction, site, state, previous, now).await?;
    Ok(())
}

/// Changes the states of these sites where they are, their files aside; returns the sites whose
/// state is another now. Publications on them wait until the end of the transaction.
pub(crate) async fn change(
    transaction: &impl ConnectionTrait,
    sites: &[SiteId],
    now: DateTime<Utc>,
    change: impl Fn(&mut DesiredState),
) -> Result<Vec<SiteId>> {
    let ids: Vec<Uuid> = sites.iter().map(|site| site.0).collect();
    // All of them before the first is written, and in the same order everywhere: two changes at the
    // same time wait for each other, but never in a circle.
    site::Entity::find()
        .filter(site::COLUMN.id.is_in(ids.clone()))
        .order_by_asc(site::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    let rows = desired_state::Entity::find()
        .filter(desired_state::COLUMN.site_id.is_in(ids))
        .all(transaction)
        .await?;
    let mut changed = Vec::new();
    for row in rows {
        let before: DesiredState = serde_json::from_slice(&row.body)
            .map_err(|error| Error::Internal(format!("a state could not be read: {error}")))?;
        let mut state = before.clone();
        change(&mut state);
        if state != before {
            let site = SiteId(row.site_id);
            store(transaction, site, &state, row.previous_files, now).await?;
            changed.push(site);
        }
    }
    Ok(changed)
}

/// Writes the row; returns the canonical bytes.
async fn store(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    state: &DesiredState,
    previous_files: serde_json::Value,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let broken = |error| Error::Internal(format!("a state could not be written: {error}"));
    // Canonical: the fields in the order of their declaration, no spaces.
    let body = serde_json::to_vec(state).map_err(broken)?;
    let row = desired_state::ActiveModel {
        site_id: Set(site.0),
        etag: Set(hex::encode(Sha256::digest(&body))),
        body: Set(body.clone()),
        configuration_version: Set(state.configuration_version),
        files: Set(serde_json::to_value(&state.files).map_err(broken)?),
        previous_files: Set(previous_files),
        updated_at: Set(now),
    };
    let mut replace = OnConflict::column(desired_state::Column::SiteId);
    replace.update_columns([
        desired_state::Column::Etag,
        desired_state::Column::Body,
        desired_state::Column::ConfigurationVersion,
        desired_state::Column::Files,
        desired_state::Column::PreviousFiles,
        desired_state::Column::UpdatedAt,
    ]);
    desired_state::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await?;
    Ok(body)
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
