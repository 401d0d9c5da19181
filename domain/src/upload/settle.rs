//! The end of an upload: its verdict is kept until the upload expires, so that an answer that was
//! lost can be asked for again.

use std::io;

use api::error::{ApiError, ErrorCode};
use api::id::{UploadId, UserId, VideoId};
use api::video::{NewVideo, Uploaded};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::Value;

use super::{KEPT, OPEN, REFUSED, collect, direct, row};
use crate::entity::upload;
use crate::storage::Incoming;
use crate::{Actor, Domain, Error, Result, video};

/// Goes on to its end when the asker goes away; who asks meanwhile waits for the same verdict.
pub(super) async fn complete(
    domain: &Domain,
    actor: &Actor,
    owner: UserId,
    id: UploadId,
) -> Result<Uploaded> {
    let (job, actor) = (domain.clone(), actor.clone());
    let settling = async move {
        let _turn = job.inner.turns.of(id).await;
        settle(&job, &actor, owner, id).await
    };
    let settled = domain.inner.jobs.spawn(settling).await;
    settled.map_err(|error| Error::Internal(format!("an upload was not ended: {error}")))?
}

async fn settle(domain: &Domain, actor: &Actor, owner: UserId, id: UploadId) -> Result<Uploaded> {
    let transaction = domain.inner.database.read().await?;
    let current = row(&transaction, owner, id).await?;
    if current.state != OPEN {
        // A process may have been lost between the verdict and this.
        discard(domain, &current).await;
    }
    if let Some(refusal) = &current.refusal {
        return Err(refusal_of(refusal).into());
    }
    if let Some(video) = current.video_id {
        return kept_before(&video::by_ids(&transaction, [video]).await?);
    }
    drop(transaction);
    if current.received < current.size {
        return Err(Error::refused(ErrorCode::UploadIncomplete));
    }
    let outcome = take(domain, actor, &current).await;
    match &outcome {
        Ok(uploaded) => record(domain, current, Verdict::Kept(uploaded.video.id)).await?,
        Err(Error::Refused(refusal)) if is_final(refusal.code) => {
            record(domain, current, Verdict::Refused(refusal.code)).await?;
        }
        // The database or the disk failed: it may be asked for again.
        Err(_) => {}
    }
    outcome
}

fn kept_before(videos: &[api::video::Video]) -> Result<Uploaded> {
    let video = videos.first().ok_or(Error::refused(ErrorCode::NotFound))?;
    Ok(Uploaded {
        video: video.clone(),
        already_known: false,
    })
}

async fn take(domain: &Domain, actor: &Actor, current: &upload::Model) -> Result<Uploaded> {
    let id = UploadId(current.id);
    let whole = match assembled(domain, current).await {
        Err(Error::Storage(error)) if error.kind() == io::ErrorKind::NotFound => {
            tracing::warn!(upload.id = %id, "the bytes of an upload are gone: it begins anew");
            collect::forget(domain, id).await?;
            return Err(Error::refused(ErrorCode::NotFound));
        }
        whole => whole?,
    };
    let announced = current.sha256.as_deref();
    if announced.is_some_and(|announced| announced != whole.sha256().to_string()) {
        return Err(Error::refused(ErrorCode::UploadCorrupt));
    }
    let new = NewVideo {
        file_name: current.file_name.clone(),
    };
    video::take(domain, actor, new, whole).await
}

async fn assembled(domain: &Domain, current: &upload::Model) -> Result<Incoming> {
    if let Some(multipart) = &current.multipart_id {
        return direct::assembled(domain, current, multipart).await;
    }
    let (id, size) = (UploadId(current.id), current.size.unsigned_abs());
    Ok(domain.inner.storage.assembled(id, size).await?)
}

enum Verdict {
    Kept(VideoId),
    Refused(ErrorCode),
}

/// Whether the same bytes would be refused again.
fn is_final(code: ErrorCode) -> bool {
    !matches!(code, ErrorCode::NotFound | ErrorCode::Conflict)
}

/// Keeps the verdict, then lets go of the bytes: interrupted in between, only bytes are left, and
/// they go when the upload expires.
async fn record(domain: &Domain, current: upload::Model, verdict: Verdict) -> Result<()> {
    debug_assert_eq!(current.state, OPEN, "a verdict is given once");
    let mut change = current.clone().into_active_model();
    match verdict {
        Verdict::Kept(video) => {
            change.state = Set(KEPT.to_owned());
            change.video_id = Set(Some(video.0));
        }
        Verdict::Refused(code) => {
            change.state = Set(REFUSED.to_owned());
            change.refusal = Set(Some(name_of(code)));
        }
    }
    let transaction = domain.inner.database.write().await?;
    change.update(&transaction).await?;
    transaction.commit().await?;
    discard(domain, &current).await;
    Ok(())
}

async fn discard(domain: &Domain, current: &upload::Model) {
    if let Err(error) = collect::discard(domain, current).await {
        tracing::warn!(%error, upload.id = %current.id, "the bytes of an ended upload could not be removed");
    }
}

/// The stable name of a refusal.
pub(crate) fn name_of(code: ErrorCode) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn refusal_of(name: &str) -> ApiError {
    let code = serde_json::from_value(Value::String(name.to_owned()));
    ApiError::new(code.unwrap_or(ErrorCode::Other))
}

#[cfg(test)]
mod tests {
    use api::error::ErrorCode;

    use super::{name_of, refusal_of};

    #[test]
    fn a_refusal_is_found_again_by_its_name() {
        for code in ErrorCode::ALL {
            assert_eq!(refusal_of(&name_of(*code)).code, *code);
        }
    }
}
