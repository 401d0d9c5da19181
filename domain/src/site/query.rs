//! Selects of sites. What is on a screen comes by a join: one query, however many sites.

use api::error::ErrorCode;
use api::id::SiteId;
use api::key::KeyState;
use api::page::Page;
use api::site::{Site, SiteDetail, SiteFilter, SiteStatus};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select, SelectModel, Selector,
};

use super::row::{self, Listed};
use crate::database;
use crate::entity::{player, site, video as video_row};
use crate::{Error, Result, video};

/// Sites with the video on their screen.
fn with_screens(sites: Select<site::Entity>) -> Selector<SelectModel<Listed>> {
    let on_screen: RelationDef = site::Entity::belongs_to(video_row::Entity)
        .from(site::Column::OnScreenVideoId)
        .to(video_row::Column::Id)
        .into();
    Listed::select(sites.join(JoinType::LeftJoin, on_screen))
}

/// The sites of a query.
pub(crate) async fn listed(
    transaction: &impl ConnectionTrait,
    sites: Select<site::Entity>,
) -> Result<Vec<Site>, DbErr> {
    let rows = with_screens(sites).all(transaction).await?;
    Ok(rows.into_iter().map(row::site).collect())
}

/// One site.
pub(super) async fn by_id(transaction: &impl ConnectionTrait, id: SiteId) -> Result<Site> {
    let sites = with_screens(site::Entity::find_by_id(id.0));
    let row = sites.one(transaction).await?;
    row.map(row::site)
        .ok_or_else(|| Error::refused(ErrorCode::NotFound))
}

/// One site with its player.
pub(super) async fn detail(transaction: &impl ConnectionTrait, id: SiteId) -> Result<SiteDetail> {
    let site = by_id(transaction, id).await?;
    let row = site::Entity::find_by_id(id.0).one(transaction).await?;
    let row = row.ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
    let players = player::Entity::find()
        .filter(player::Column::SiteId.eq(id.0))
        .all(transaction)
        .await?;
    let has_pending_key = players.iter().any(|player| !player.is_accepted);
    let current = KeyState::Current.as_str();
    let player = players.into_iter().find(|player| player.state == current);
    Ok(SiteDetail {
        has_pending_key,
        player: player.map(|player| row::player(player, &row)),
        expected_hours: row::expected_hours(&row),
        missing_videos: video::missing::of_site(transaction, id).await?,
        site,
    })
}

/// A page of the sites that match, by name.
pub(super) async fn page(
    transaction: &impl ConnectionTrait,
    filter: &SiteFilter,
) -> Result<Page<Site>, DbErr> {
    let paging = filter.paging();
    let sites = site::Entity::find()
        .filter(matching(filter))
        .order_by_asc(site::Column::Name)
        .order_by_asc(site::Column::Id);
    database::page(transaction, paging, sites, listed).await
}

fn matching(filter: &SiteFilter) -> Condition {
    let search = filter
        .search
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let in_text = search.map(|text| {
        [site::Column::Name, site::Column::Club, site::Column::City]
            .into_iter()
            .map(|column| database::matches((site::Entity, column), text))
            .fold(Condition::any(), Condition::add)
    });
    let of_status = filter
        .status
        .map(|status: SiteStatus| site::Column::Status.eq(status.as_str()));
    Condition::all().add_option(in_text).add_option(of_status)
}
