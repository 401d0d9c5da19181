//! Removes what nobody will ask for again.

use std::io;
use std::time::Duration;

use api::id::UploadId;
use chrono::TimeDelta;
use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::upload;
use crate::{Domain, Result, video};

/// Between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_mins(10);
/// What was touched later than this may belong to a request that is still being served, maybe by
/// another process over the same folder.
const SAFE: TimeDelta = TimeDelta::hours(1);

pub(crate) async fn collect(domain: &Domain) -> Result<()> {
    let before = domain.inner.clock.now() - SAFE;
    domain.inner.storage.collect_parts(before).await?;
    video::unclaimed::collect(domain, before).await?;
    for id in expired(domain).await? {
        let _turn = domain.inner.turns.of(id).await;
        // Its next part may have come while this waited.
        if expired(domain).await?.contains(&id) {
            forget(domain, id).await?;
            tracing::info!(upload.id = %id, "an abandoned upload was removed");
        }
    }
    Ok(())
}

async fn expired(domain: &Domain) -> Result<Vec<UploadId>> {
    let ids: Vec<Uuid> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(upload::COLUMN.expires_at.lte(domain.inner.clock.now()))
        .into_tuple()
        .all(&domain.inner.database.read().await?)
        .await?;
    Ok(ids.into_iter().map(UploadId).collect())
}

/// Removes the bytes.
pub(super) async fn discard(domain: &Domain, known: &upload::Model) -> io::Result<()> {
    let (id, storage) = (UploadId(known.id), &domain.inner.storage);
    if let Some(multipart) = &known.multipart_id {
        storage.give_up_direct(id, multipart).await;
    }
    storage.discard(id).await
}

/// Removes the bytes, then the row that knows of them. Whoever calls has the turn.
pub(super) async fn forget(domain: &Domain, id: UploadId) -> Result<()> {
    let known = upload::Entity::find_by_id(id.0);
    let known = known.one(&domain.inner.database.read().await?).await?;
    if let Some(known) = known {
        discard(domain, &known).await?;
    }
    let transaction = domain.inner.database.write().await?;
    upload::Entity::delete_by_id(id.0)
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
