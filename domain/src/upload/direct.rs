//! Parts that the sender brings to the object store itself: the server signs where each goes, and looks
//! whether it is there.

use api::error::ErrorCode;
use api::hash::FileHash;
use api::id::{UploadId, UserId};
use api::limit::CHUNK_BYTES;
use api::upload::{Chunk, Upload};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryFilter};

use super::{OPEN, append, row, shown};
use crate::entity::upload;
use crate::storage::{Incoming, chained};
use crate::{Domain, Error, Result};

/// Lets an upload that has just begun go straight to the store, where that takes it. Where it does not,
/// the parts pass through here.
pub(super) async fn begin(domain: &Domain, current: upload::Model) -> Result<upload::Model> {
    let id = UploadId(current.id);
    let multipart = match domain.inner.storage.begin_direct(id).await {
        Ok(Some(multipart)) => multipart,
        Ok(None) => return Ok(current),
        Err(error) => {
            tracing::warn!(%error, "the object store begins no upload: the parts pass through here");
            return Ok(current);
        }
    };
    let transaction = domain.inner.database.write().await?;
    let changed = upload::Entity::update_many()
        .col_expr(upload::Column::MultipartId, Expr::value(&*multipart))
        .filter(upload::COLUMN.id.eq(current.id))
        .filter(upload::COLUMN.received.eq(0))
        .filter(upload::COLUMN.multipart_id.is_null())
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    if changed.rows_affected != 1 {
        // Another tab began the same file at the same time.
        domain.inner.storage.give_up_direct(id, &multipart).await;
        return Ok(current);
    }
    Ok(upload::Model {
        multipart_id: Some(multipart),
        ..current
    })
}

/// An upload as its sender sees it, with the address of its next part.
pub(super) async fn told(domain: &Domain, row: upload::Model) -> Result<Upload> {
    let place = (row.state == OPEN && row.received < row.size).then(|| row.clone());
    let mut upload = shown(row);
    if let Some(row) = place
        && let Some(multipart) = &row.multipart_id
    {
        let storage = &domain.inner.storage;
        let (offset, size) = (upload.received, upload.size);
        let next = storage.part_address((upload.id, multipart), offset, size);
        upload.next = Some(next.await?);
    }
    Ok(upload)
}

/// Takes note of a part that the store has. The answer says where to go on either way: what is not there,
/// or was told before, changes nothing.
pub(super) async fn arrived(
    domain: &Domain,
    (owner, id): (UserId, UploadId),
    chunk: Chunk,
) -> Result<Upload> {
    let _turn = domain.inner.turns.of(id).await;
    let transaction = domain.inner.database.read().await?;
    let current = row(&transaction, owner, id).await?;
    drop(transaction);
    let (size, received) = (current.size.unsigned_abs(), current.received.unsigned_abs());
    let is_next = current.state == OPEN && received == chunk.offset && received < size;
    let Some(multipart) = current.multipart_id.clone().filter(|_| is_next) else {
        return told(domain, current).await;
    };
    let storage = &domain.inner.storage;
    let Some(part) = storage.part_at((id, &multipart), received, size).await? else {
        return told(domain, current).await;
    };
    debug_assert!(part <= CHUNK_BYTES, "that size was signed");
    let before = current.parts_sha256.as_deref().map(str::parse::<FileHash>);
    let before = before
        .transpose()
        .map_err(|error| Error::Internal(error.to_string()))?;
    let row = upload::Model {
        parts_sha256: Some(chained(before, chunk.sha256).to_string()),
        ..current
    };
    let row = append::acknowledge(domain, row, received + part).await?;
    told(domain, row).await
}

/// The whole of an upload, if it is what its sender told part by part.
pub(super) async fn assembled(
    domain: &Domain,
    current: &upload::Model,
    multipart: &str,
) -> Result<Incoming> {
    let (id, size) = (UploadId(current.id), current.size.unsigned_abs());
    let assembled = domain.inner.storage.assembled_direct((id, multipart), size);
    let (whole, parts) = assembled.await?;
    if current.parts_sha256.as_deref() != Some(&*parts.to_string()) {
        return Err(Error::refused(ErrorCode::UploadCorrupt));
    }
    Ok(whole)
}
