//! A file comes in.

use std::io;

use api::error::ErrorCode;
use api::hash::FileHash;
use api::id::VideoId;
use api::limit::{NAME_CHARACTERS, VIDEO_BYTES};
use api::text::line;
use api::video::{NewVideo, Uploaded};
use bytes::Bytes;
use futures::Stream;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, TryInsertResult,
    Unchanged,
};
use serde_json::json;

use super::missing::{self, Known};
use super::probe::{Probed, Sound};
use super::{query, unclaimed};
use crate::audit::{self, Entry};
use crate::database::Transaction;
use crate::entity::video;
use crate::storage::{Incoming, ObjectKey, ObjectKind, ReceiveError};
use crate::{Actor, Domain, Error, Result};

/// Name of a video whose file had none.
const NAMELESS: &str = "Sans nom";

impl From<ReceiveError> for Error {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::TooLarge(_) => Self::refused(ErrorCode::VideoTooLarge),
            ReceiveError::Interrupted(cause) => {
                tracing::info!(error = %cause, "an upload was interrupted");
                Self::refused(ErrorCode::Transport)
            }
            ReceiveError::Write(cause) => Self::Storage(cause),
        }
    }
}

/// Streams to storage. What is announced too large is refused before its first byte.
pub(crate) async fn receive(
    domain: &Domain,
    announced: u64,
    bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin,
) -> Result<Incoming> {
    let limit = domain.inner.settings.video_bytes.unwrap_or(VIDEO_BYTES);
    if announced > limit {
        return Err(Error::refused(ErrorCode::VideoTooLarge));
    }
    Ok(domain.inner.storage.receive(bytes, limit).await?)
}

/// Probes a received file, and writes the row in one transaction with its audit entry.
pub(crate) async fn take(
    domain: &Domain,
    actor: &Actor,
    new: NewVideo,
    incoming: Incoming,
) -> Result<Uploaded> {
    let known = missing::lost_or_known(domain, incoming.sha256()).await?;
    if let Known::There(known) = known {
        return Ok(*known);
    }
    let probing = &domain.inner.probing;
    let probed = probing.probe(incoming.path().to_owned()).await?;
    // From here on it is brought to its end, even when the sender goes away.
    let (job, actor) = (domain.clone(), actor.clone());
    let keeping = async move {
        match known {
            Known::Lost(row) => missing::restore(&job, &actor, *row, incoming, &probed).await,
            Known::There(_) | Known::New => keep(&job, &actor, &new, incoming, &probed).await,
        }
    };
    let kept = domain.inner.jobs.spawn(keeping).await;
    kept.map_err(|error| Error::Internal(format!("an upload was not kept: {error}")))?
}

async fn keep(
    domain: &Domain,
    actor: &Actor,
    new: &NewVideo,
    incoming: Incoming,
    probed: &Probed,
) -> Result<Uploaded> {
    let (size, sha256) = (incoming.size(), incoming.sha256());
    let key = ObjectKey::fresh(ObjectKind::Video, sha256);
    let transaction = domain.inner.database.write().await?;
    unclaimed::note(&transaction, &key, domain.inner.clock.now()).await?;
    transaction.commit().await?;
    domain.inner.storage.keep(&key, incoming).await?;
    if let Some(thumbnail) = &probed.thumbnail {
        let storage = &domain.inner.storage;
        storage.put(&key.thumbnail(), thumbnail.clone()).await?;
    }
    let file = File { key, size, sha256 };
    let uploaded = insert(domain, actor, new, &file, probed).await?;
    if uploaded.already_known {
        unclaimed::remove(domain, &file.key).await;
    }
    Ok(uploaded)
}

/// A kept file that no row names yet.
struct File {
    key: ObjectKey,
    size: u64,
    sha256: FileHash,
}

async fn by_hash(transaction: &impl ConnectionTrait, sha256: FileHash) -> Result<Option<Uploaded>> {
    let row = query::alive()
        .filter(video::COLUMN.sha256.eq(sha256.to_string()))
        .one(transaction)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Uploaded {
        video: query::shown(transaction, row).await?,
        already_known: true,
    }))
}

async fn insert(
    domain: &Domain,
    actor: &Actor,
    new: &NewVideo,
    file: &File,
    probed: &Probed,
) -> Result<Uploaded> {
    let transaction = domain.inner.database.write().await?;
    let created_by = match actor {
        Actor::Person { id, .. } => Some(id.0),
        Actor::Player { .. } | Actor::System => None,
    };
    let row = video::ActiveModel {
        id: Set(VideoId::new().0),
        created_at: Set(domain.inner.clock.now()),
        created_by: Set(created_by),
        ..row(new, file, probed)?
    };
    let Some(row) = store(&transaction, row, file.sha256).await? else {
        // Another upload of the same bytes was faster.
        let known = by_hash(&transaction, file.sha256).await?;
        return known.ok_or(Error::refused(ErrorCode::Conflict));
    };
    unclaimed::claim(&transaction, &file.key).await?;
    let video = query::shown(&transaction, row).await?;
    let entry = Entry {
        action: "video.upload",
        object: Some(video.id.0),
        details: json!({ "name": video.name, "sha256": file.sha256 }),
        actor,
    };
    audit::record(&transaction, &domain.inner.clock, entry).await?;
    transaction.commit().await?;
    Ok(Uploaded {
        video,
        already_known: false,
    })
}

/// Writes the row, or the row of a deleted video with the same bytes anew: its plays are this
/// video's. Nothing where the library has these bytes.
async fn store(
    transaction: &Transaction,
    row: video::ActiveModel,
    sha256: FileHash,
) -> Result<Option<video::Model>> {
    let inserted = video::Entity::insert(row.clone())
        .on_conflict_do_nothing_on([video::Column::Sha256])
        .exec_without_returning(transaction)
        .await?;
    let same = video::Entity::find().filter(video::COLUMN.sha256.eq(sha256.to_string()));
    if matches!(inserted, TryInsertResult::Inserted(1..)) {
        return Ok(same.one(transaction).await?);
    }
    let deleted = same.filter(video::COLUMN.deleted_at.is_not_null());
    let Some(deleted) = deleted.lock_exclusive().one(transaction).await? else {
        return Ok(None);
    };
    let id = Unchanged(deleted.id);
    let revived = video::ActiveModel { id, ..row };
    Ok(Some(revived.update(transaction).await?))
}

fn row(new: &NewVideo, file: &File, probed: &Probed) -> Result<video::ActiveModel> {
    // Every figure is bounded by the upload's limit or the probe.
    let bounded = |_| Error::refused(ErrorCode::VideoNotRecognised);
    Ok(video::ActiveModel {
        sha256: Set(file.sha256.to_string()),
        name: Set(name(&new.file_name)),
        kind: Set(probed.kind.as_str().to_owned()),
        size: Set(i64::try_from(file.size).map_err(bounded)?),
        duration_ms: Set(i64::try_from(probed.duration_ms).map_err(bounded)?),
        width: Set(i32::try_from(probed.width).map_err(bounded)?),
        height: Set(i32::try_from(probed.height).map_err(bounded)?),
        frame_rate: Set(probed.frame_rate),
        video_codec: Set(probed.codec.to_owned()),
        audio_codec: Set(match probed.sound {
            Sound::Aac => Some("aac".to_owned()),
            Sound::Silent => None,
        }),
        storage_key: Set(file.key.0.clone()),
        has_thumbnail: Set(probed.thumbnail.is_some()),
        deleted_at: Set(None),
        missing_since: Set(None),
        ..Default::default()
    })
}

/// The name of a file without folders and extension, as a library shows it.
fn name(file_name: &str) -> String {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match base.rsplit_once('.') {
        Some((stem, _)) if !stem.trim().is_empty() => stem,
        _ => base,
    };
    let name: String = line(stem).chars().take(NAME_CHARACTERS).collect();
    match name.trim_end() {
        "" => NAMELESS.to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use api::error::{ApiError, ErrorCode};

    use super::{ReceiveError, name};
    use crate::Error;

    #[test]
    fn a_full_disk_is_called_so() {
        let cause = std::io::ErrorKind::StorageFull.into();
        let error = Error::from(ReceiveError::Write(cause));
        assert_eq!(ApiError::from(error).code, ErrorCode::StorageFull);
    }

    #[test]
    fn a_video_is_called_like_its_file() {
        for (file, expected) in [
            ("Boulangerie Martin.mp4", "Boulangerie Martin"),
            ("C:\\pub\\spot v1.2.mov", "spot v1.2"),
            (" spot .mp4", "spot"),
            (".mp4", ".mp4"),
            ("", "Sans nom"),
            ("a/b/", "Sans nom"),
        ] {
            assert_eq!(name(file), expected, "{file}");
        }
        assert_eq!(name(&"é".repeat(300)).chars().count(), 120);
    }
}
