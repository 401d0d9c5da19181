//! From the folder of a machine into the bucket that has taken its place.

use std::collections::HashMap;
use std::io;

use api::error::ErrorCode;
use sea_orm::QueryOrder;

use super::query;
use crate::entity::video;
use crate::storage::{Bucket, Disk, ObjectKey, Storage};
use crate::{Actor, Domain, Error, Result};

/// What became of the files of the library.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Transfer {
    /// Videos that were copied.
    pub copied: usize,
    /// Videos that were in the bucket already.
    pub present: usize,
    /// Names of videos whose file is in neither place.
    pub missing: Vec<String>,
    /// Names of videos whose file in the folder has other bytes than it should have; not copied.
    pub damaged: Vec<String>,
}

/// Copies what the bucket does not have. Interrupted, it is begun again and goes on; the folder is
/// left as it is. `told` hears of each video before it is copied.
pub(super) async fn transfer(
    domain: &Domain,
    actor: &Actor,
    told: impl Fn(&str, u64) + Send,
) -> Result<Transfer> {
    if *actor != Actor::System {
        return Err(Error::refused(ErrorCode::Forbidden));
    }
    let Storage::Bucket(bucket) = &domain.inner.storage else {
        return Err(Error::refused(ErrorCode::Invalid));
    };
    let folder = bucket.scratch();
    let there: HashMap<String, u64> = bucket.listed().await?.into_iter().collect();
    let rows = query::alive()
        .order_by_asc(video::Column::CreatedAt)
        .all(&domain.inner.database.read().await?)
        .await?;
    let mut done = Transfer::default();
    for row in rows {
        let key = ObjectKey(row.storage_key.clone());
        if there.get(&key.0) == Some(&row.size.unsigned_abs()) {
            done.present += 1;
        } else {
            told(&row.name, row.size.unsigned_abs());
            match copy(folder, bucket, &key, &row.sha256).await? {
                Copied::Whole => done.copied += 1,
                Copied::Missing => done.missing.push(row.name),
                Copied::Damaged => done.damaged.push(row.name),
            }
        }
        let thumbnail = key.thumbnail();
        if row.has_thumbnail && !there.contains_key(&thumbnail.0) {
            copy_small(folder, bucket, &thumbnail).await?;
        }
    }
    Ok(done)
}

enum Copied {
    Whole,
    Missing,
    Damaged,
}

async fn copy(folder: &Disk, bucket: &Bucket, key: &ObjectKey, sha256: &str) -> Result<Copied> {
    let incoming = match folder.linked(key).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Copied::Missing),
        incoming => incoming?,
    };
    if incoming.sha256().to_string() != sha256 {
        return Ok(Copied::Damaged);
    }
    bucket.keep(key, incoming).await?;
    Ok(Copied::Whole)
}

async fn copy_small(folder: &Disk, bucket: &Bucket, key: &ObjectKey) -> Result<()> {
    match folder.read(key).await {
        // A card without a picture is no loss of proof.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        bytes => Ok(bucket.put(key, bytes?).await?),
    }
}
