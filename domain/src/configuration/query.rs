//! Published configurations.

use std::collections::{HashMap, HashSet};

use api::configuration::{
    Configuration, ConfigurationVersion, LoopItem, PublishedLoop, PublishedPlace, SiteLoop,
};
use api::error::ErrorCode;
use api::id::{SiteId, VideoId};
use api::page::{Page, PageRequest};
use api::video::Video;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::{configuration, configuration_video, site};
use crate::{Error, Result, database};

/// The newest loop of a site with its videos as the library shows them.
pub(super) async fn site_loop(
    transaction: &impl ConnectionTrait,
    site: SiteId,
) -> Result<SiteLoop> {
    let newest = site_row(transaction, site).await?.published_version;
    let row = match newest {
        Some(version) => {
            configuration::Entity::find_by_id((site.0, version))
                .one(transaction)
                .await?
        }
        None => None,
    };
    let videos = match &row {
        Some(row) => videos_of(transaction, row).await?,
        None => Vec::new(),
    };
    Ok(SiteLoop {
        site_id: site,
        published: row.map(version),
        videos,
    })
}

async fn videos_of(
    transaction: &impl ConnectionTrait,
    row: &configuration::Model,
) -> Result<Vec<Video>> {
    let places = configuration_video::Entity::find()
        .filter(configuration_video::COLUMN.site_id.eq(row.site_id))
        .filter(configuration_video::COLUMN.version.eq(row.version))
        .order_by_asc(configuration_video::Column::Position)
        .all(transaction)
        .await?;
    let ids = places.iter().map(|place| place.video_id);
    let videos: HashMap<Uuid, Video> = crate::video::by_ids(transaction, ids)
        .await?
        .into_iter()
        .map(|video| (video.id.0, video))
        .collect();
    Ok(places
        .iter()
        .filter_map(|place| videos.get(&place.video_id).cloned())
        .collect())
}

/// A page of the versions of a site, newest first.
pub(super) async fn versions(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    paging: PageRequest,
) -> Result<Page<ConfigurationVersion>> {
    site_row(transaction, site).await?;
    let found = configuration::Entity::find()
        .filter(configuration::COLUMN.site_id.eq(site.0))
        .order_by_desc(configuration::Column::Version);
    database::page(transaction, paging, found, async |transaction, rows| {
        let rows = rows.all(transaction).await?;
        Ok(rows.into_iter().map(version).collect())
    })
    .await
}

/// One version with its loop as it was published.
pub(super) async fn published_loop(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    number: i32,
) -> Result<PublishedLoop> {
    let (row, items) = published_items(transaction, site, number).await?;
    let known = known(transaction, &items).await?;
    let place = |item: LoopItem| {
        let video = known.get(&item.video_id);
        PublishedPlace {
            video_id: item.video_id,
            name: item.name,
            duration_ms: item.duration_ms,
            in_library: video.is_some(),
            has_thumbnail: video.is_some_and(|video| video.has_thumbnail),
        }
    };
    Ok(PublishedLoop {
        places: items.into_iter().map(place).collect(),
        published: version(row),
    })
}

/// The row of a version and its loop.
pub(super) async fn published_items(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    number: i32,
) -> Result<(configuration::Model, Vec<LoopItem>)> {
    let row = configuration::Entity::find_by_id((site.0, number))
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    let document: Configuration = serde_json::from_str(&row.document)
        .map_err(|error| Error::Internal(format!("a loop could not be read: {error}")))?;
    Ok((row, document.default_loop))
}

/// Those videos of a loop that the library has.
pub(super) async fn known(
    transaction: &impl ConnectionTrait,
    items: &[LoopItem],
) -> Result<HashMap<VideoId, Video>> {
    let ids: HashSet<Uuid> = items.iter().map(|item| item.video_id.0).collect();
    let videos = crate::video::by_ids(transaction, ids).await?;
    Ok(videos.into_iter().map(|video| (video.id, video)).collect())
}

async fn site_row(transaction: &impl ConnectionTrait, site: SiteId) -> Result<site::Model> {
    site::Entity::find_by_id(site.0)
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))
}

/// A row as it crosses the wire.
pub(super) fn version(row: configuration::Model) -> ConfigurationVersion {
    ConfigurationVersion {
        version: row.version,
        comment: row.comment,
        published_by: row.published_by_name,
        published_at: row.published_at,
        videos: row.video_count.unsigned_abs(),
        duration_ms: row.duration_ms.unsigned_abs(),
    }
}
