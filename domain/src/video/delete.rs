//! A video leaves the library.

use api::error::{ApiError, ErrorCode};
use api::id::VideoId;
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryFilter, QuerySelect, Set};
use serde_json::json;

use super::{query, showing, tag, unclaimed};
use crate::audit::{self, Entry};
use crate::entity::video;
use crate::storage::ObjectKey;
use crate::{Actor, Domain, Error, Result};

/// Refuses while a site's newest loop has it. Its row stays for its plays, its file goes.
pub(super) async fn delete(domain: &Domain, actor: &Actor, id: VideoId) -> Result<()> {
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    // A publication that takes this video waits here, or this waits for it.
    let row = query::alive()
        .filter(video::COLUMN.id.eq(id.0))
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    let sites = showing::sites(&transaction, id).await?;
    if !sites.is_empty() {
        let refusal = ApiError::new(ErrorCode::VideoInUse);
        return Err(ApiError { sites, ..refusal }.into());
    }
    let (key, name) = (ObjectKey(row.storage_key.clone()), row.name.clone());
    let sha256 = row.sha256.clone();
    let mut change = row.into_active_model();
    change.deleted_at = Set(Some(now));
    change.has_thumbnail = Set(false);
    change.update(&transaction).await?;
    tag::remove(&transaction, id).await?;
    unclaimed::note(&transaction, &key, now).await?;
    let entry = Entry {
        action: "video.delete",
        object: Some(id.0),
        details: json!({ "name": name, "sha256": sha256 }),
        actor,
    };
    audit::record(&transaction, &domain.inner.clock, entry).await?;
    transaction.commit().await?;
    unclaimed::remove(domain, &key).await;
    Ok(())
}
