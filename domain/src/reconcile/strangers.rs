//! Objects that no video names.

use std::collections::HashMap;

use api::event::Event;
use api::foreign::ForeignState;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Set,
};
use uuid::Uuid;

use crate::database::Transaction;
use crate::entity::{foreign_object, video as video_row};
use crate::storage::{Found, ObjectKey};
use crate::{Domain, Result, video};

/// What was written later than this may still be on its way, or another process is about to name it.
const SAFE: TimeDelta = TimeDelta::hours(1);

/// Notes the objects of a page; gives how many of them are new. One that was written anew since is
/// offered anew.
pub(super) async fn note(domain: &Domain, found: Vec<Found>, now: DateTime<Utc>) -> Result<usize> {
    let found = found
        .into_iter()
        .filter(|found| found.modified_at < now - SAFE);
    let found: Vec<Found> = found.collect();
    if found.is_empty() {
        return Ok(0);
    }
    let transaction = domain.inner.database.write().await?;
    let mut known = known(&transaction, &found).await?;
    let (mut same, mut new) = (Vec::new(), Vec::new());
    for found in found {
        match known.remove(&found.key) {
            Some(row) if is_same(&row, &found) => same.push(row.id),
            Some(row) => renew(&transaction, row, &found, now).await?,
            None => new.push(row(found, now)),
        }
    }
    see(&transaction, same, now).await?;
    let count = new.len();
    if count > 0 {
        foreign_object::Entity::insert_many(new)
            .on_conflict_do_nothing_on([foreign_object::Column::StorageKey])
            .exec_without_returning(&transaction)
            .await?;
    }
    transaction.commit().await?;
    if count > 0 {
        domain.inner.bus.publish(Event::StorageChanged);
    }
    Ok(count)
}

async fn known(
    transaction: &Transaction,
    found: &[Found],
) -> Result<HashMap<String, foreign_object::Model>> {
    let keys = found.iter().map(|found| found.key.clone());
    let rows = foreign_object::Entity::find()
        .filter(foreign_object::COLUMN.storage_key.is_in(keys))
        .all(transaction)
        .await?;
    let by_key = |row: foreign_object::Model| (row.storage_key.clone(), row);
    Ok(rows.into_iter().map(by_key).collect())
}

fn is_same(row: &foreign_object::Model, found: &Found) -> bool {
    row.size.unsigned_abs() == found.size && row.modified_at == found.modified_at
}

fn size(found: &Found) -> i64 {
    i64::try_from(found.size).unwrap_or(i64::MAX)
}

fn row(found: Found, now: DateTime<Utc>) -> foreign_object::ActiveModel {
    foreign_object::ActiveModel {
        id: Set(Uuid::now_v7()),
        size: Set(size(&found)),
        storage_key: Set(found.key),
        modified_at: Set(found.modified_at),
        first_seen_at: Set(now),
        seen_at: Set(now),
        state: Set(ForeignState::Found.as_str().to_owned()),
        refusal: Set(None),
        video_id: Set(None),
    }
}

async fn renew(
    transaction: &Transaction,
    row: foreign_object::Model,
    found: &Found,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut change = row.into_active_model();
    change.size = Set(size(found));
    change.modified_at = Set(found.modified_at);
    change.seen_at = Set(now);
    change.state = Set(ForeignState::Found.as_str().to_owned());
    change.refusal = Set(None);
    change.video_id = Set(None);
    change.update(transaction).await?;
    Ok(())
}

async fn see(transaction: &Transaction, ids: Vec<Uuid>, now: DateTime<Utc>) -> Result<()> {
    let change = foreign_object::ActiveModel {
        seen_at: Set(now),
        ..Default::default()
    };
    foreign_object::Entity::update_many()
        .set(change)
        .filter(foreign_object::COLUMN.id.is_in(ids))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Forgets the objects that are gone, or that a video names by now, and offers those anew whose video
/// left the library.
pub(super) async fn forget(domain: &Domain, begun: DateTime<Utc>) -> Result<()> {
    let unseen = foreign_object::Entity::find()
        .filter(foreign_object::COLUMN.seen_at.lt(begun))
        .all(&domain.inner.database.read().await?)
        .await?;
    let mut gone = Vec::new();
    for row in unseen {
        // A list that changed while it was read may have passed over it.
        let key = ObjectKey(row.storage_key);
        if domain.inner.storage.size(&key).await?.is_none() || is_claimed(domain, &key).await? {
            gone.push(row.id);
        }
    }
    let transaction = domain.inner.database.write().await?;
    let mut changed = gone.len() as u64;
    foreign_object::Entity::delete_many()
        .filter(foreign_object::COLUMN.id.is_in(gone))
        .exec(&transaction)
        .await?;
    changed += offer_anew(&transaction).await?;
    transaction.commit().await?;
    if changed > 0 {
        domain.inner.bus.publish(Event::StorageChanged);
    }
    Ok(())
}

async fn is_claimed(domain: &Domain, key: &ObjectKey) -> Result<bool> {
    let row = video::alive()
        .filter(video_row::COLUMN.storage_key.eq(key.0.clone()))
        .one(&domain.inner.database.read().await?)
        .await?;
    Ok(row.is_some())
}

async fn offer_anew(transaction: &Transaction) -> Result<u64> {
    let alive = video::alive().select_only().column(video_row::Column::Id);
    let change = foreign_object::ActiveModel {
        state: Set(ForeignState::Found.as_str().to_owned()),
        video_id: Set(None),
        ..Default::default()
    };
    let is_in = [ForeignState::Imported, ForeignState::Known].map(ForeignState::as_str);
    let offered = foreign_object::Entity::update_many()
        .set(change)
        .filter(foreign_object::COLUMN.state.is_in(is_in))
        .filter(
            foreign_object::COLUMN
                .video_id
                .not_in_subquery(alive.into_query()),
        )
        .exec(transaction)
        .await?;
    Ok(offered.rows_affected)
}
