//! Published configurations.

use std::collections::HashMap;

use api::configuration::{ConfigurationVersion, SiteLoop};
use api::error::ErrorCode;
use api::id::SiteId;
use api::video::Video;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{configuration, configuration_video, site};
use crate::{Error, Result};

/// Most versions in a list.
const VERSIONS: u64 = 50;

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

/// The newest versions of a site.
pub(super) async fn versions(
    transaction: &impl ConnectionTrait,
    site: SiteId,
) -> Result<Vec<ConfigurationVersion>> {
    site_row(transaction, site).await?;
    let rows = configuration::Entity::find()
        .filter(configuration::COLUMN.site_id.eq(site.0))
        .order_by_desc(configuration::Column::Version)
        .limit(VERSIONS)
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(version).collect())
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
