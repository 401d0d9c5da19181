//! Where videos are shown: the newest loops of sites.

use std::collections::{HashMap, HashSet};

use api::id::{SiteId, VideoId};
use api::video::VideoSite;
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition, SelectStatement};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef, Select,
};
use uuid::Uuid;

use crate::entity::{configuration_video, site};

/// Places of the newest loops.
fn places() -> Select<configuration_video::Entity> {
    let published: RelationDef = configuration_video::Entity::belongs_to(site::Entity)
        .from(configuration_video::Column::SiteId)
        .to(site::Column::Id)
        .on_condition(|place, site| {
            Expr::col((site, site::Column::PublishedVersion))
                .equals((place, configuration_video::Column::Version))
                .into_condition()
        })
        .into();
    configuration_video::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, published)
}

/// Those of sites in operation.
fn active_places() -> Select<configuration_video::Entity> {
    places().filter(site::COLUMN.is_active.eq(true))
}

/// The ids of all videos that an active site shows.
pub(super) fn anywhere() -> SelectStatement {
    active_places()
        .column(configuration_video::Column::VideoId)
        .into_query()
}

/// The ids of the videos of a site's newest loop.
pub(super) fn on(site: SiteId) -> SelectStatement {
    places()
        .column(configuration_video::Column::VideoId)
        .filter(configuration_video::COLUMN.site_id.eq(site.0))
        .into_query()
}

/// The ids of the sites that show one of these videos, also closed ones.
pub(super) async fn site_ids(
    transaction: &impl ConnectionTrait,
    videos: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    let ids: Vec<Uuid> = places()
        .column(configuration_video::Column::SiteId)
        .filter(configuration_video::COLUMN.video_id.is_in(videos))
        .distinct()
        .into_tuple()
        .all(transaction)
        .await?;
    Ok(ids.into_iter().collect())
}

#[derive(FromQueryResult)]
struct SitesOfVideo {
    video_id: Uuid,
    sites: i64,
}

/// How many active sites show each of these videos; those without are left out.
pub(super) async fn counts(
    transaction: &impl ConnectionTrait,
    videos: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, u64>, DbErr> {
    let sites = Expr::col((
        configuration_video::Entity,
        configuration_video::Column::SiteId,
    ));
    let rows = active_places()
        .column(configuration_video::Column::VideoId)
        .column_as(sites.count_distinct(), "sites")
        .filter(configuration_video::COLUMN.video_id.is_in(videos))
        .group_by(configuration_video::Column::VideoId)
        .into_model::<SitesOfVideo>()
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.video_id, row.sites.unsigned_abs()))
        .collect())
}

/// The sites that show a video, also closed ones, by name.
pub(super) async fn sites(
    transaction: &impl ConnectionTrait,
    video: VideoId,
) -> Result<Vec<VideoSite>, DbErr> {
    let places = places()
        .column(configuration_video::Column::SiteId)
        .filter(configuration_video::COLUMN.video_id.eq(video.0));
    let id = Expr::col((site::Entity, site::Column::Id));
    let rows = site::Entity::find()
        .filter(id.in_subquery(places.into_query()))
        .order_by_asc(site::Column::Name)
        .order_by_asc(site::Column::Id)
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| VideoSite {
            id: SiteId(row.id),
            name: row.name,
            club: row.club,
        })
        .collect())
}
