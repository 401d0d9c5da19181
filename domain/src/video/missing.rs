//! Videos whose file is gone from the storage, and how they get it back.

use std::collections::HashSet;

use api::error::ErrorCode;
use api::event::Event;
use api::hash::FileHash;
use api::id::{SiteId, VideoId};
use api::video::{MissingVideo, Uploaded};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use uuid::Uuid;

use super::probe::Probed;
use super::{query, showing, unclaimed};
use crate::audit::{self, Entry};
use crate::entity::video;
use crate::storage::{Incoming, ObjectKey};
use crate::{Actor, Domain, Error, Result};

/// What the library has of some bytes.
pub(super) enum Known {
    /// Nothing.
    New,
    /// A video, and its file.
    There(Box<Uploaded>),
    /// A video without its file.
    Lost(Box<video::Model>),
}

/// Asks the storage too: a file may have been removed by hand.
pub(super) async fn lost_or_known(domain: &Domain, sha256: FileHash) -> Result<Known> {
    let transaction = domain.inner.database.read().await?;
    let row = query::alive()
        .filter(video::COLUMN.sha256.eq(sha256.to_string()))
        .one(&transaction)
        .await?;
    drop(transaction);
    let Some(row) = row else {
        return Ok(Known::New);
    };
    if !is_there(domain, &row).await? {
        return Ok(Known::Lost(Box::new(row)));
    }
    if row.missing_since.is_some() {
        note(domain, &[row.id], None).await?;
    }
    let transaction = domain.inner.database.read().await?;
    let row = super::row(&transaction, VideoId(row.id)).await?;
    Ok(Known::There(Box::new(Uploaded {
        video: query::shown(&transaction, row).await?,
        already_known: true,
    })))
}

/// Whether the storage has the video's file, of the right size.
pub(crate) async fn is_there(domain: &Domain, row: &video::Model) -> Result<bool> {
    let key = ObjectKey(row.storage_key.clone());
    let size = domain.inner.storage.size(&key).await?;
    Ok(size == Some(row.size.unsigned_abs()))
}

/// Gives a video its file back, from another copy of the same bytes.
pub(super) async fn restore(
    domain: &Domain,
    actor: &Actor,
    row: video::Model,
    incoming: Incoming,
    probed: &Probed,
) -> Result<Uploaded> {
    let key = ObjectKey(row.storage_key);
    let storage = &domain.inner.storage;
    storage.keep(&key, incoming).await?;
    if let Some(thumbnail) = &probed.thumbnail {
        storage.put(&key.thumbnail(), thumbnail.clone()).await?;
    }
    let transaction = domain.inner.database.write().await?;
    let found = query::alive()
        .filter(video::COLUMN.id.eq(row.id))
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let Some(found) = found else {
        drop(transaction);
        // It left the library meanwhile, and nobody else knows of its file.
        unclaimed::remove(domain, &key).await;
        return Err(Error::refused(ErrorCode::Conflict));
    };
    let mut change = found.into_active_model();
    change.missing_since = Set(None);
    let row = change.update(&transaction).await?;
    let entry = Entry {
        action: "video.restore_file",
        object: Some(row.id),
        details: json!({ "name": row.name, "sha256": row.sha256 }),
        actor,
    };
    audit::record(&transaction, &domain.inner.clock, entry).await?;
    let sites = showing::site_ids(&transaction, [row.id]).await?;
    let video = query::shown(&transaction, row).await?;
    transaction.commit().await?;
    tell(domain, sites);
    Ok(Uploaded {
        video,
        already_known: false,
    })
}

/// Notes since when the files of these videos are gone, or that they are back.
pub(crate) async fn note(
    domain: &Domain,
    ids: &[Uuid],
    since: Option<DateTime<Utc>>,
) -> Result<()> {
    let transaction = domain.inner.database.write().await?;
    let change = video::ActiveModel {
        missing_since: Set(since),
        ..Default::default()
    };
    video::Entity::update_many()
        .set(change)
        .filter(video::COLUMN.id.is_in(ids.iter().copied()))
        .filter(video::COLUMN.deleted_at.is_null())
        .exec(&transaction)
        .await?;
    let sites = showing::site_ids(&transaction, ids.iter().copied()).await?;
    transaction.commit().await?;
    tell(domain, sites);
    Ok(())
}

fn tell(domain: &Domain, sites: HashSet<Uuid>) {
    let bus = &domain.inner.bus;
    for site in sites {
        let site = SiteId(site);
        bus.publish(Event::SiteChanged { site });
    }
    bus.publish(Event::StorageChanged);
}

/// The videos of a site's newest loop whose files are gone, by name.
pub(crate) async fn of_site(
    transaction: &impl ConnectionTrait,
    site: SiteId,
) -> Result<Vec<MissingVideo>, DbErr> {
    let rows = query::alive()
        .filter(video::COLUMN.missing_since.is_not_null())
        .filter(video::COLUMN.id.in_subquery(showing::on(site)))
        .order_by_asc(video::Column::Name)
        .order_by_asc(video::Column::Id)
        .all(transaction)
        .await?;
    let missing = rows.into_iter().filter_map(|row| {
        Some(MissingVideo {
            id: VideoId(row.id),
            since: row.missing_since?,
            name: row.name,
        })
    });
    Ok(missing.collect())
}
