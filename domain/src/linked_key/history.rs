//! What happened to the keys of a site: its audit entries, read back.

use api::id::SiteId;
use api::key::{KeyEvent, KeyEventKind};
use sea_orm::sea_query::LikeExpr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::row;
use crate::audit::{self, Entry};
use crate::entity::{audit as entry, player};
use crate::{Actor, Clock};

/// Most events shown.
const SHOWN: u64 = 20;

/// Something that happens to a key of a site.
pub(super) struct Happening<'a> {
    pub(super) what: KeyEventKind,
    pub(super) site: SiteId,
    pub(super) key: &'a player::Model,
    /// The other site of a box that moves, and its name.
    pub(super) other: Option<(Uuid, String)>,
}

impl<'a> Happening<'a> {
    pub(super) fn of(what: KeyEventKind, key: &'a player::Model) -> Self {
        Self {
            what,
            site: SiteId(key.site_id),
            key,
            other: None,
        }
    }
}

/// Writes it into the audit trail of the site.
pub(super) async fn record(
    transaction: &impl ConnectionTrait,
    clock: &Clock,
    actor: &Actor,
    happening: Happening<'_>,
) -> Result<(), DbErr> {
    let Happening {
        what,
        site,
        key,
        other,
    } = happening;
    let (other_id, other_name) = other.unzip();
    let entry = Entry {
        action: what.action(),
        object: Some(site.0),
        details: json!({
            "key_id": key.key_id,
            "hardware": key.hardware,
            "address": key.address,
            "other_site_id": other_id,
            "other_site": other_name,
        }),
        actor,
    };
    audit::record(transaction, clock, entry).await
}

/// The newest events of a site, newest first.
pub(super) async fn of(
    transaction: &impl ConnectionTrait,
    site: SiteId,
) -> Result<Vec<KeyEvent>, DbErr> {
    let rows = entry::Entity::find()
        .filter(entry::Column::ObjectId.eq(site.0))
        .filter(entry::Column::Action.like(LikeExpr::new("player.%")))
        .order_by_desc(entry::Column::At)
        .order_by_desc(entry::Column::Id)
        .limit(SHOWN)
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(event).collect())
}

fn event(row: entry::Model) -> KeyEvent {
    let mut details = row.details;
    KeyEvent {
        at: row.at,
        what: KeyEventKind::from_action(&row.action),
        by: (row.actor_kind == "person").then_some(row.actor_name),
        hardware: row::hardware(details["hardware"].take()),
        other_site: details["other_site"].as_str().map(str::to_owned),
    }
}
