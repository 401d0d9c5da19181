use std::io;

use api::error::ErrorCode;
use api::id::{UploadId, UserId};
use api::limit::CHUNK_BYTES;
use api::upload::{Chunk, Upload};
use bytes::Bytes;
use futures::Stream;
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryFilter};

use super::{OPEN, collect, direct, expiry, row, shown};
use crate::entity::upload;
use crate::storage::{Incoming, ReceiveError};
use crate::{Domain, Error, Result};

/// Receives and verifies the part before it touches the upload: a slow sender keeps nobody
/// waiting, and a damaged part harms nothing.
pub(super) async fn append(
    domain: &Domain,
    (owner, id): (UserId, UploadId),
    chunk: Chunk,
    bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin,
) -> Result<Upload> {
    let transaction = domain.inner.database.read().await?;
    row(&transaction, owner, id).await?;
    drop(transaction);
    let received = domain.inner.storage.receive(bytes, CHUNK_BYTES).await;
    let part = received.map_err(|error| match error {
        ReceiveError::TooLarge(_) => Error::refused(ErrorCode::TooLarge),
        other => other.into(),
    })?;
    if part.sha256() != chunk.sha256 {
        return Err(Error::refused(ErrorCode::ChunkCorrupt));
    }
    // From here on it is brought to its end, even when the sender goes away.
    let job = domain.clone();
    let writing = async move { write(&job, (owner, id), chunk.offset, part).await };
    let written = domain.inner.jobs.spawn(writing).await;
    written.map_err(|error| Error::Internal(format!("a part was not written: {error}")))?
}

async fn write(
    domain: &Domain,
    (owner, id): (UserId, UploadId),
    offset: u64,
    part: Incoming,
) -> Result<Upload> {
    let _turn = domain.inner.turns.of(id).await;
    let transaction = domain.inner.database.read().await?;
    let current = row(&transaction, owner, id).await?;
    drop(transaction);
    let (size, received) = (current.size.unsigned_abs(), current.received.unsigned_abs());
    let is_next = current.state == OPEN && received == offset && part.size() > 0;
    if !is_next || current.multipart_id.is_some() {
        return direct::told(domain, current).await;
    }
    let end = offset + part.size();
    if end > size {
        return Err(Error::refused(ErrorCode::TooLarge));
    }
    match domain.inner.storage.append(id, offset, part).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            tracing::warn!(upload.id = %id, "the bytes of an upload are gone: it begins anew");
            collect::forget(domain, id).await?;
            return Err(Error::refused(ErrorCode::NotFound));
        }
        outcome => outcome?,
    }
    acknowledge(domain, current, end).await.map(shown)
}

/// Writes down how far an upload is.
pub(super) async fn acknowledge(
    domain: &Domain,
    current: upload::Model,
    end: u64,
) -> Result<upload::Model> {
    let transaction = domain.inner.database.write().await?;
    let received = i64::try_from(end).map_err(|_| Error::refused(ErrorCode::TooLarge))?;
    let expires_at = expiry(domain.inner.clock.now());
    let changed = upload::Entity::update_many()
        .col_expr(upload::Column::Received, Expr::value(received))
        .col_expr(upload::Column::ExpiresAt, Expr::value(expires_at))
        .col_expr(
            upload::Column::PartsSha256,
            Expr::value(current.parts_sha256.clone()),
        )
        .filter(upload::COLUMN.id.eq(current.id))
        .filter(upload::COLUMN.received.eq(current.received))
        .exec(&transaction)
        .await?;
    if changed.rows_affected != 1 {
        return Err(Error::refused(ErrorCode::NotFound));
    }
    transaction.commit().await?;
    Ok(upload::Model {
        received,
        expires_at,
        ..current
    })
}
