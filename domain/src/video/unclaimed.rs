//! Files of the storage that no video names: not yet, or no longer. Each is written down before it
//! is written, so that a process that is lost on the way leaves nothing behind for ever. What nobody
//! wrote down is never removed: another database or a person may know it. It is offered for import.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use crate::entity::unclaimed_file;
use crate::storage::ObjectKey;
use crate::{Domain, Result};

/// Writes a name down, in the transaction that needs it so.
pub(super) async fn note(
    transaction: &impl ConnectionTrait,
    key: &ObjectKey,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = unclaimed_file::ActiveModel {
        storage_key: Set(key.0.clone()),
        since: Set(since),
    };
    row.insert(transaction).await?;
    Ok(())
}

/// Crosses a name out: from this transaction on, a video has it.
pub(super) async fn claim(
    transaction: &impl ConnectionTrait,
    key: &ObjectKey,
) -> Result<(), DbErr> {
    let row = unclaimed_file::Entity::delete_by_id(key.0.clone());
    row.exec(transaction).await?;
    Ok(())
}

/// Removes a file that no video names, with its thumbnail. A failure is only told: it will be
/// tried again.
pub(super) async fn remove(domain: &Domain, key: &ObjectKey) {
    if let Err(error) = try_to_remove(domain, key).await {
        tracing::warn!(%error, "a file that no video names could not be removed");
    }
}

/// Removes those that have been without a video since before `time`.
pub(crate) async fn collect(domain: &Domain, time: DateTime<Utc>) -> Result<()> {
    let rows = unclaimed_file::Entity::find()
        .filter(unclaimed_file::COLUMN.since.lt(time))
        .all(&domain.inner.database.read().await?)
        .await?;
    for row in rows {
        try_to_remove(domain, &ObjectKey(row.storage_key)).await?;
    }
    Ok(())
}

async fn try_to_remove(domain: &Domain, key: &ObjectKey) -> Result<()> {
    let storage = &domain.inner.storage;
    storage.delete(&key.thumbnail()).await?;
    storage.delete(key).await?;
    let transaction = domain.inner.database.write().await?;
    claim(&transaction, key).await?;
    transaction.commit().await?;
    Ok(())
}
