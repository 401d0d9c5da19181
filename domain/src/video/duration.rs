//! How long a picture stands on screen.

use api::error::{ApiError, ErrorCode};
use api::id::{SiteId, VideoId};
use api::limit::PICTURE_MS;
use api::video::{Video, VideoKind};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryFilter, QuerySelect, Set};
use serde_json::json;

use super::{query, showing};
use crate::audit::{self, Entry};
use crate::entity::video;
use crate::player::state;
use crate::{Actor, Domain, Error, Result};

/// The same duration, or what is wrong with it.
pub(super) fn checked(duration_ms: u64) -> Result<u64> {
    if PICTURE_MS.contains(&duration_ms) {
        return Ok(duration_ms);
    }
    let refusal = ApiError::new(ErrorCode::Invalid);
    Err(refusal
        .with_field("duration_ms", ErrorCode::DurationRefused)
        .into())
}

/// Changes the picture, and with it what the players of the sites that show it are to be. Published
/// versions stay as they were published; plays keep the duration that they had.
pub(super) async fn set(
    domain: &Domain,
    actor: &Actor,
    id: VideoId,
    duration_ms: u64,
) -> Result<Video> {
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    // A publication that takes this picture waits here, or this waits for it.
    let row = query::alive()
        .filter(video::COLUMN.id.eq(id.0))
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    if query::kind(&row) == VideoKind::Film {
        return Err(Error::refused(ErrorCode::DurationFixed));
    }
    let before = row.duration_ms;
    let mut change = row.into_active_model();
    let too_long = |_| Error::refused(ErrorCode::DurationRefused);
    change.duration_ms = Set(i64::try_from(duration_ms).map_err(too_long)?);
    let row = change.update(&transaction).await?;
    let shown = showing::sites(&transaction, id).await?;
    let sites: Vec<SiteId> = shown.into_iter().map(|site| site.id).collect();
    let told = state::renew(&transaction, &sites, now).await?;
    let entry = Entry {
        action: "video.set_duration",
        object: Some(id.0),
        details: json!({ "duration_ms": duration_ms, "before": before, "sites": told.len() }),
        actor,
    };
    audit::record(&transaction, &domain.inner.clock, entry).await?;
    let video = query::shown(&transaction, row).await?;
    transaction.commit().await?;
    for state in told {
        state::changed(domain, state.site);
    }
    Ok(video)
}
