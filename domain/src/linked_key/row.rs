//! Rows of keys, and what crosses the wire of them.

use std::collections::{HashMap, HashSet};

use api::enrolment::Hardware;
use api::error::ErrorCode;
use api::id::SiteId;
use api::key::{KeyState, LinkedTo, SiteKey, SiteKeys};
use api::limit::KEY_RESTORABLE;
use api::site::{Screen, SiteStatus};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::history;
use crate::database::Transaction;
use crate::entity::{player, site};
use crate::{Error, Result};

/// The site, locked: one change of its keys at a time.
pub(super) async fn lock(transaction: &impl ConnectionTrait, id: SiteId) -> Result<site::Model> {
    site::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(|| Error::refused(ErrorCode::NotFound))
}

/// The key of this state of a site.
pub(super) async fn in_state(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    state: KeyState,
) -> Result<Option<player::Model>, DbErr> {
    player::Entity::find()
        .filter(player::COLUMN.site_id.eq(site.0))
        .filter(player::COLUMN.state.eq(state.as_str()))
        .one(transaction)
        .await
}

/// The key of this name, whatever its site.
pub(super) async fn by_key_id(
    transaction: &impl ConnectionTrait,
    key_id: &str,
) -> Result<Option<player::Model>, DbErr> {
    player::Entity::find()
        .filter(player::COLUMN.key_id.eq(key_id))
        .one(transaction)
        .await
}

/// The key of this name of a site.
pub(super) async fn of_site(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    key_id: &str,
) -> Result<player::Model> {
    by_key_id(transaction, key_id)
        .await?
        .filter(|row| row.site_id == site.0)
        .ok_or_else(|| Error::refused(ErrorCode::NotFound))
}

/// Writes `columns` of a key.
pub(super) async fn update(
    transaction: &impl ConnectionTrait,
    key_id: &str,
    columns: player::ActiveModel,
) -> Result<(), DbErr> {
    player::Entity::update_many()
        .set(columns)
        .filter(player::COLUMN.key_id.eq(key_id))
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) async fn delete(transaction: &impl ConnectionTrait, key_id: &str) -> Result<(), DbErr> {
    player::Entity::delete_many()
        .filter(player::COLUMN.key_id.eq(key_id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Those of these keys that may get tokens, by name: current ones of open sites, and pending ones
/// once they are accepted.
pub(super) async fn usable(
    transaction: &Transaction,
    key_ids: Vec<String>,
) -> Result<HashMap<String, player::Model>> {
    let rows = player::Entity::find()
        .filter(player::COLUMN.key_id.is_in(key_ids))
        .all(transaction)
        .await?;
    let sites = rows.iter().map(|row| row.site_id);
    let open: Vec<Uuid> = site::Entity::find()
        .select_only()
        .column(site::Column::Id)
        .filter(site::COLUMN.id.is_in(sites))
        .filter(site::COLUMN.is_active.eq(true))
        .into_tuple()
        .all(transaction)
        .await?;
    let open: HashSet<Uuid> = open.into_iter().collect();
    let is_usable = |row: &player::Model| {
        open.contains(&row.site_id)
            && match KeyState::from_column(&row.state) {
                KeyState::Current => true,
                KeyState::Pending => row.is_accepted,
                KeyState::Retiring | KeyState::Other => false,
            }
    };
    Ok(rows
        .into_iter()
        .filter(is_usable)
        .map(|row| (row.key_id.clone(), row))
        .collect())
}

/// The site that a key belongs to.
pub(crate) async fn linked_to(
    transaction: &impl ConnectionTrait,
    key_id: &str,
) -> Result<Option<LinkedTo>> {
    let Some(row) = by_key_id(transaction, key_id).await? else {
        return Ok(None);
    };
    let site = site::Entity::find_by_id(row.site_id)
        .one(transaction)
        .await?;
    Ok(site.map(|site| LinkedTo {
        site_id: SiteId(site.id),
        site_name: site.name,
        state: KeyState::from_column(&row.state),
    }))
}

/// What a site's row says when another box becomes its screen, or none: nothing of the one before.
pub(super) async fn start_anew(
    transaction: &impl ConnectionTrait,
    id: SiteId,
    status: SiteStatus,
) -> Result<(), DbErr> {
    let columns = site::ActiveModel {
        status: Set(status.as_str().to_owned()),
        clone_seen_at: Set(None),
        screen: Set(Screen::Off.as_str().to_owned()),
        on_screen_video_id: Set(None),
        on_screen_since: Set(None),
        on_screen_position_ms: Set(None),
        applied_version: Set(None),
        report: Set(None),
        ..Default::default()
    };
    site::Entity::update_many()
        .set(columns)
        .filter(site::COLUMN.id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The moment until which a key that retired at `retired_at` can be put back.
pub(super) fn restorable_until(retired_at: DateTime<Utc>) -> DateTime<Utc> {
    retired_at + TimeDelta::from_std(KEY_RESTORABLE).unwrap_or(TimeDelta::zero())
}

/// Facts that this version cannot read are worth nothing, and no reason to fail.
pub(super) fn hardware(json: serde_json::Value) -> Hardware {
    serde_json::from_value(json).unwrap_or_default()
}

/// The keys of a site as they are shown.
pub(super) async fn shown(transaction: &impl ConnectionTrait, id: SiteId) -> Result<SiteKeys> {
    let site = site::Entity::find_by_id(id.0)
        .one(transaction)
        .await?
        .ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
    let rows = player::Entity::find()
        .filter(player::COLUMN.site_id.eq(id.0))
        .all(transaction)
        .await?;
    Ok(SiteKeys {
        keys: rows.into_iter().map(|row| key(row, &site)).collect(),
        events: history::of(transaction, id).await?,
    })
}

fn key(row: player::Model, site: &site::Model) -> SiteKey {
    let state = KeyState::from_column(&row.state);
    let last_seen = match state {
        KeyState::Current => site.last_seen,
        KeyState::Pending | KeyState::Retiring | KeyState::Other => row.last_seen,
    };
    SiteKey {
        key_id: row.key_id,
        state,
        is_accepted: row.is_accepted,
        hardware: hardware(row.hardware),
        address: row.address,
        linked_at: row.accepted_at,
        linked_by: row.accepted_by_name,
        last_seen,
        restorable_until: row.retired_at.map(restorable_until),
    }
}
