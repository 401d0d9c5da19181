//! An admin links a waiting screen to a site.

use api::error::ErrorCode;
use api::id::SiteId;
use api::site::SiteStatus;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set, TryInsertResult};
use serde_json::json;

use super::{ACCEPTED, PENDING};
use crate::audit::{self, Entry};
use crate::entity::{enrolment, player, site};
use crate::player::PublicKey;
use crate::{Actor, Domain, Error, Result};

/// Uses up the code of `row` and makes its key the current one of `site`.
pub(super) async fn link(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    site: SiteId,
    row: enrolment::Model,
) -> Result<()> {
    require_free(transaction, site).await?;
    use_up(transaction, site, &row).await?;
    let key = PublicKey::parse(&row.public_key)
        .ok_or_else(|| Error::Internal(format!("enrolment {} is damaged", row.id)))?;
    let (accepted_by, accepted_by_name) = match actor {
        Actor::Person { id, name, .. } => (Some(id.0), name.clone()),
        Actor::Player { key_id, .. } => (None, key_id.clone()),
        Actor::System => (None, "system".to_owned()),
    };
    let player = player::ActiveModel {
        site_id: Set(site.0),
        key_id: Set(key.id()),
        public_key: Set(row.public_key),
        hardware: Set(row.hardware.clone()),
        state: Set("current".to_owned()),
        accepted_at: Set(domain.inner.clock.now()),
        accepted_by: Set(accepted_by),
        accepted_by_name: Set(accepted_by_name),
        ..Default::default()
    };
    let inserted = player::Entity::insert(player)
        .on_conflict_do_nothing()
        .exec_without_returning(transaction)
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1..)) {
        // The key, or another one, was linked meanwhile.
        return Err(Error::refused(ErrorCode::SiteHasPlayer));
    }
    let entry = Entry {
        action: "player.accept",
        object: Some(site.0),
        details: json!({ "key_id": key.id(), "hardware": row.hardware, "address": row.address }),
        actor,
    };
    audit::record(transaction, &domain.inner.clock, entry).await?;
    Ok(())
}

/// The site exists, is open, and has no screen yet.
async fn require_free(transaction: &impl ConnectionTrait, site: SiteId) -> Result<()> {
    site::Entity::find_by_id(site.0)
        .filter(site::COLUMN.is_active.eq(true))
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    let keys = player::Entity::find()
        .filter(player::COLUMN.site_id.eq(site.0))
        .filter(player::COLUMN.state.eq("current"))
        .count(transaction)
        .await?;
    if keys > 0 {
        return Err(Error::refused(ErrorCode::SiteHasPlayer));
    }
    Ok(())
}

/// Marks the enrolment as accepted, if nobody did before.
async fn use_up(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    row: &enrolment::Model,
) -> Result<()> {
    let accepted = enrolment::ActiveModel {
        state: Set(ACCEPTED.to_owned()),
        site_id: Set(Some(site.0)),
        ..Default::default()
    };
    let used = enrolment::Entity::update_many()
        .set(accepted)
        .filter(enrolment::COLUMN.id.eq(row.id))
        .filter(enrolment::COLUMN.state.eq(PENDING))
        .exec(transaction)
        .await?;
    if used.rows_affected == 0 {
        return Err(Error::refused(ErrorCode::PairingCodeUnknown));
    }
    // Linked, and not heard of yet.
    let offline = site::ActiveModel {
        status: Set(SiteStatus::Offline.as_str().to_owned()),
        ..Default::default()
    };
    site::Entity::update_many()
        .set(offline)
        .filter(site::COLUMN.id.eq(site.0))
        .exec(transaction)
        .await?;
    Ok(())
}
