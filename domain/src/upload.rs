//! Files on their way into the library, in parts.
//!
//! What was acknowledged is on the disk and in the row, in this order. Lost connections, closed
//! tabs and killed servers cost at most the part that was under way.

mod append;
mod begin;
pub(crate) mod collect;
mod direct;
mod settle;
mod turns;

use api::error::ErrorCode;
use api::id::{UploadId, UserId};
use api::limit::{CHUNK_BYTES, UPLOAD_LIFE};
use api::permission::Permission;
use api::upload::{Chunk, NewUpload, Upload};
use api::video::Uploaded;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use futures::Stream;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) use settle::name_of;
pub(crate) use turns::Turns;

use crate::entity::upload;
use crate::{Actor, Domain, Error, Result};

/// Bytes are on their way.
const OPEN: &str = "open";
/// The file is in the library.
const KEPT: &str = "kept";
/// The file was refused.
const REFUSED: &str = "refused";

/// Files on their way into the library. Everybody sees their own.
pub struct Uploads<'a>(pub(crate) &'a Domain);

impl Uploads<'_> {
    /// Begins an upload. A file that the caller had begun to send goes on where it was.
    pub async fn begin(&self, actor: &Actor, new: NewUpload) -> Result<Upload> {
        let owner = owner(actor)?;
        begin::begin(self.0, owner, new).await
    }

    /// The caller's unfinished uploads, newest first.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<Upload>> {
        let owner = owner(actor)?;
        let rows = upload::Entity::find()
            .filter(upload::COLUMN.owner_id.eq(owner.0))
            .filter(upload::COLUMN.state.eq(OPEN))
            .filter(upload::COLUMN.expires_at.gt(self.0.inner.clock.now()))
            .order_by_desc(upload::Column::Id)
            .all(&self.0.inner.database.read().await?)
            .await?;
        Ok(rows.into_iter().map(shown).collect())
    }

    /// One of the caller's uploads.
    pub async fn get(&self, actor: &Actor, id: UploadId) -> Result<Upload> {
        let owner = owner(actor)?;
        let transaction = self.0.inner.database.read().await?;
        let row = row(&transaction, owner, id).await?;
        drop(transaction);
        direct::told(self.0, row).await
    }

    /// Takes a part in, if it is the next one. The answer says where to go on either way: a part
    /// sent twice or too early changes nothing.
    pub async fn append(
        &self,
        actor: &Actor,
        id: UploadId,
        chunk: Chunk,
        bytes: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    ) -> Result<Upload> {
        let owner = owner(actor)?;
        append::append(self.0, (owner, id), chunk, bytes).await
    }

    /// Takes note that the store has the next part: the sender brought it there, to the address that
    /// [`Upload::next`] gave. The answer says where to go on either way.
    pub async fn arrived(&self, actor: &Actor, id: UploadId, chunk: Chunk) -> Result<Upload> {
        let owner = owner(actor)?;
        direct::arrived(self.0, (owner, id), chunk).await
    }

    /// Where senders bring parts to, as an origin: pages must allow it. None where all pass through here.
    pub fn direct_origin(&self) -> Option<&str> {
        self.0.inner.direct_origin.as_deref()
    }

    /// Puts a file that is wholly there into the library, or says why not. Asked again, it gives
    /// the same answer.
    pub async fn complete(&self, actor: &Actor, id: UploadId) -> Result<Uploaded> {
        let owner = owner(actor)?;
        settle::complete(self.0, actor, owner, id).await
    }

    /// Gives an upload up; nothing is kept of it.
    pub async fn cancel(&self, actor: &Actor, id: UploadId) -> Result<()> {
        let owner = owner(actor)?;
        let _turn = self.0.inner.turns.of(id).await;
        let transaction = self.0.inner.database.read().await?;
        row(&transaction, owner, id).await?;
        drop(transaction);
        collect::forget(self.0, id).await
    }

    /// Removes uploads that were given up and files that nothing names. A job does so too.
    pub async fn collect(&self, actor: &Actor) -> Result<()> {
        actor.require(Permission::ManageVideos)?;
        collect::collect(self.0).await
    }
}

/// Whose uploads `actor` may see: a person's own.
fn owner(actor: &Actor) -> Result<UserId> {
    actor.require(Permission::ManageVideos)?;
    match actor {
        Actor::Person { id, .. } => Ok(*id),
        Actor::Player { .. } | Actor::System => Err(Error::Forbidden(Permission::ManageVideos)),
    }
}

async fn row(
    transaction: &impl ConnectionTrait,
    owner: UserId,
    id: UploadId,
) -> Result<upload::Model> {
    upload::Entity::find_by_id(id.0)
        .filter(upload::COLUMN.owner_id.eq(owner.0))
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))
}

fn shown(row: upload::Model) -> Upload {
    Upload {
        id: UploadId(row.id),
        file_name: row.file_name,
        size: row.size.unsigned_abs(),
        received: row.received.unsigned_abs(),
        chunk_bytes: CHUNK_BYTES,
        expires_at: row.expires_at,
        next: None,
    }
}

/// When an upload that was touched at `now` is given up.
fn expiry(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::from_std(UPLOAD_LIFE).unwrap_or(TimeDelta::MAX)
}
