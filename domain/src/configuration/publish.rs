//! A loop becomes the next version of a site's configuration.

use std::collections::{HashMap, HashSet};

use api::configuration::{Configuration, ConfigurationVersion, LoopItem, NewConfiguration};
use api::error::{ApiError, ErrorCode};
use api::id::{SiteId, VideoId};
use api::limit::{LOOP_VIDEOS, NAME_CHARACTERS};
use api::video::Video;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect, Set};
use serde_json::json;
use uuid::Uuid;

use super::query;
use crate::audit::{self, Entry};
use crate::database::Transaction;
use crate::entity::{configuration, configuration_video, site};
use crate::player::state;
use crate::{Actor, Domain, Error, Result};

/// The same loop with its comment trimmed, or what is wrong with it.
pub(super) fn checked(new: NewConfiguration) -> Result<NewConfiguration> {
    if new.videos.len() > LOOP_VIDEOS {
        return Err(Error::refused(ErrorCode::LoopTooLong));
    }
    let comment = api::text::line(&new.comment);
    if comment.chars().count() > NAME_CHARACTERS {
        let error = ApiError::new(ErrorCode::Invalid).with_field("comment", ErrorCode::TooLong);
        return Err(error.into());
    }
    Ok(NewConfiguration { comment, ..new })
}

/// Writes version, places, desired state and audit entry.
pub(super) async fn publish(
    domain: &Domain,
    transaction: &Transaction,
    actor: &Actor,
    site: SiteId,
    new: NewConfiguration,
) -> Result<ConfigurationVersion> {
    // Before the site: who changes a video locks it, then the sites that show it.
    let videos = known_videos(transaction, &new.videos).await?;
    // Two publications of one site wait for each other here.
    let row = site::Entity::find_by_id(site.0)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    if row.published_version != new.base_version {
        return Err(Error::refused(ErrorCode::ConfigurationChanged));
    }
    let videos = in_order(&videos, &new.videos)?;
    let version = row.published_version.unwrap_or(0) + 1;
    let configuration = Configuration {
        default_loop: videos.iter().map(item).collect(),
    };
    let place = (site, version);
    let published = insert(domain, transaction, actor, (place, &configuration, &new)).await?;
    insert_places(transaction, site, version, &new.videos).await?;
    let mut change = row.into_active_model();
    change.published_version = Set(Some(version));
    change.update(transaction).await?;
    state::renew(transaction, &[site], domain.inner.clock.now()).await?;
    let entry = Entry {
        action: "configuration.publish",
        object: Some(site.0),
        details: json!({ "version": version, "comment": new.comment, "videos": new.videos }),
        actor,
    };
    audit::record(transaction, &domain.inner.clock, entry).await?;
    Ok(query::version(published))
}

/// Those videos that the library has; they stay as they are until the end of the transaction.
async fn known_videos(
    transaction: &Transaction,
    ids: &[VideoId],
) -> Result<HashMap<VideoId, Video>> {
    let different: HashSet<Uuid> = ids.iter().map(|id| id.0).collect();
    let videos = crate::video::for_loop(transaction, different).await?;
    Ok(videos.into_iter().map(|video| (video.id, video)).collect())
}

/// The videos of the loop in its order; a video may stand in it twice.
fn in_order(known: &HashMap<VideoId, Video>, ids: &[VideoId]) -> Result<Vec<Video>> {
    let missing = (0..).zip(ids).filter(|(_, id)| !known.contains_key(id));
    let refusal = missing.fold(
        ApiError::new(ErrorCode::VideoUnknown),
        |error, (place, _)| {
            let place: usize = place;
            error.with_field(&format!("videos.{place}"), ErrorCode::VideoUnknown)
        },
    );
    if !refusal.fields.is_empty() {
        return Err(refusal.into());
    }
    Ok(ids.iter().filter_map(|id| known.get(id).cloned()).collect())
}

fn item(video: &Video) -> LoopItem {
    LoopItem {
        video_id: video.id,
        sha256: video.sha256,
        name: video.name.clone(),
        duration_ms: video.duration_ms,
        kind: video.kind,
        ground: video.ground(),
    }
}

async fn insert(
    domain: &Domain,
    transaction: &Transaction,
    actor: &Actor,
    ((site, version), configuration, new): ((SiteId, i32), &Configuration, &NewConfiguration),
) -> Result<configuration::Model> {
    let (published_by, published_by_name) = match actor {
        Actor::Person { id, name, .. } => (Some(id.0), name.clone()),
        Actor::Player { key_id, .. } => (None, key_id.clone()),
        Actor::System => (None, "NeoPro".to_owned()),
    };
    let places = &configuration.default_loop;
    let too_long = |_| Error::refused(ErrorCode::LoopTooLong);
    let duration_ms: u64 = places.iter().map(|place| place.duration_ms).sum();
    let document = serde_json::to_string(configuration)
        .map_err(|error| Error::Internal(format!("a loop could not be written: {error}")))?;
    let row = configuration::ActiveModel {
        site_id: Set(site.0),
        version: Set(version),
        document: Set(document),
        comment: Set(new.comment.clone()),
        published_by: Set(published_by),
        published_by_name: Set(published_by_name),
        published_at: Set(domain.inner.clock.now()),
        video_count: Set(i32::try_from(places.len()).map_err(too_long)?),
        duration_ms: Set(i64::try_from(duration_ms).map_err(too_long)?),
    };
    Ok(row.insert(transaction).await?)
}

async fn insert_places(
    transaction: &Transaction,
    site: SiteId,
    version: i32,
    videos: &[VideoId],
) -> Result<()> {
    let places = (0..)
        .zip(videos)
        .map(|(position, video)| configuration_video::ActiveModel {
            site_id: Set(site.0),
            version: Set(version),
            position: Set(position),
            video_id: Set(video.0),
        });
    configuration_video::Entity::insert_many(places)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
