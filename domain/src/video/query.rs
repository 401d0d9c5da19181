//! Videos as the library shows them.

use std::collections::HashMap;

use api::error::ErrorCode;
use api::hash::FileHash;
use api::id::VideoId;
use api::page::Page;
use api::video::{Video, VideoFilter, VideoOrder};
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select,
};
use uuid::Uuid;

use super::StoredVideo;
use crate::entity::{configuration_video, site, video};
use crate::storage::ObjectKey;
use crate::{Error, Result};

/// A page of the library.
pub(super) async fn page(
    transaction: &impl ConnectionTrait,
    filter: VideoFilter,
) -> Result<Page<Video>> {
    let paging = filter.paging();
    let found = matching(&filter);
    let total = found.clone().count(transaction).await?;
    let rows = ordered(found, filter.order)
        .offset(paging.offset())
        .limit(u64::from(paging.per_page))
        .all(transaction)
        .await?;
    Ok(paging.page_of(with_sites(transaction, rows).await?, total))
}

fn matching(filter: &VideoFilter) -> Select<video::Entity> {
    let search = filter.search.as_deref().unwrap_or_default().trim();
    if search.is_empty() {
        return video::Entity::find();
    }
    let name = (video::Entity, video::Column::Name);
    video::Entity::find().filter(crate::database::matches(name, search))
}

fn ordered(found: Select<video::Entity>, order: VideoOrder) -> Select<video::Entity> {
    match order {
        VideoOrder::Newest => found.order_by_desc(video::Column::CreatedAt),
        VideoOrder::Name => found.order_by_asc(video::Column::Name),
        VideoOrder::Longest => found.order_by_desc(video::Column::DurationMs),
    }
    .order_by_asc(video::Column::Id)
}

/// These videos, in no order; missing ones are left out.
pub(crate) async fn by_ids(
    transaction: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Video>> {
    let rows = video::Entity::find()
        .filter(video::COLUMN.id.is_in(ids))
        .all(transaction)
        .await?;
    with_sites(transaction, rows).await
}

/// One row as the library shows it.
pub(super) async fn shown(transaction: &impl ConnectionTrait, row: video::Model) -> Result<Video> {
    let mut videos = with_sites(transaction, vec![row]).await?;
    videos
        .pop()
        .ok_or(Error::Internal("a video was lost while reading".to_owned()))
}

#[derive(FromQueryResult)]
struct SitesOfVideo {
    video_id: Uuid,
    sites: i64,
}

/// Rows with the number of active sites whose newest configuration shows them.
async fn with_sites(
    transaction: &impl ConnectionTrait,
    rows: Vec<video::Model>,
) -> Result<Vec<Video>> {
    let sites = Expr::col((
        configuration_video::Entity,
        configuration_video::Column::SiteId,
    ));
    let counts = configuration_video::Entity::find()
        .select_only()
        .column(configuration_video::Column::VideoId)
        .column_as(sites.count_distinct(), "sites")
        .join(JoinType::InnerJoin, newest())
        .filter(
            configuration_video::COLUMN
                .video_id
                .is_in(rows.iter().map(|row| row.id)),
        )
        .group_by(configuration_video::Column::VideoId)
        .into_model::<SitesOfVideo>()
        .all(transaction)
        .await?;
    let counts: HashMap<Uuid, u64> = counts
        .into_iter()
        .map(|count| (count.video_id, count.sites.unsigned_abs()))
        .collect();
    rows.into_iter()
        .map(|row| {
            let sites = counts.get(&row.id).copied().unwrap_or(0);
            to_video(row, sites)
        })
        .collect()
}

/// From a place of a loop to its active site, where that loop is the newest.
fn newest() -> RelationDef {
    configuration_video::Entity::belongs_to(site::Entity)
        .from(configuration_video::Column::SiteId)
        .to(site::Column::Id)
        .on_condition(|place, site| {
            Expr::col((site.clone(), site::Column::PublishedVersion))
                .equals((place, configuration_video::Column::Version))
                .and(Expr::col((site, site::Column::IsActive)).eq(true))
                .into_condition()
        })
        .into()
}

fn to_video(row: video::Model, sites: u64) -> Result<Video> {
    Ok(Video {
        id: VideoId(row.id),
        name: row.name,
        sha256: parsed(&row.sha256)?,
        size: row.size.unsigned_abs(),
        duration_ms: row.duration_ms.unsigned_abs(),
        width: row.width.unsigned_abs(),
        height: row.height.unsigned_abs(),
        frame_rate: row.frame_rate,
        video_codec: row.video_codec,
        audio_codec: row.audio_codec,
        created_at: row.created_at,
        has_thumbnail: row.has_thumbnail,
        sites,
    })
}

fn parsed(sha256: &str) -> Result<FileHash> {
    sha256
        .parse()
        .map_err(|_| Error::Internal(format!("{sha256} is not a hash")))
}

/// Where the file with these bytes is.
pub(crate) async fn stored(
    transaction: &impl ConnectionTrait,
    sha256: FileHash,
) -> Result<StoredVideo> {
    let row = video::Entity::find()
        .filter(video::COLUMN.sha256.eq(sha256.to_string()))
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    stored_row(row)
}

pub(super) fn stored_row(row: video::Model) -> Result<StoredVideo> {
    Ok(StoredVideo {
        sha256: parsed(&row.sha256)?,
        key: ObjectKey(row.storage_key),
    })
}
