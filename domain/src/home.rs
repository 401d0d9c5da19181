//! The fleet at a glance.

use api::home::{Home, HourPlays};
use api::permission::Permission;
use api::report::PlayCounts;
use api::site::{Screen, Site, SiteStatus};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::entity::{configuration, play_hour, site, video};
use crate::play::{Counted, QUARANTINED, today};
use crate::site::listed;
use crate::{Actor, Domain, Result};

/// Most sites of each kind that need somebody.
const IN_NEED: u64 = 10;
/// Most tiles shown.
const TILES: u64 = 9;

/// The fleet at a glance.
pub struct Overview<'a>(pub(crate) &'a Domain);

impl Overview<'_> {
    /// Is everything all right, and what did it show today?
    pub async fn get(&self, actor: &Actor) -> Result<Home> {
        actor.require(Permission::ViewSites)?;
        actor.require(Permission::ViewPlays)?;
        let now = self.0.inner.clock.now();
        let today = today(now);
        let transaction = &self.0.inner.database.read().await?;
        Ok(Home {
            today,
            sites: active().count(transaction).await?,
            online: of(SiteStatus::Online).count(transaction).await?,
            dark: dark().count(transaction).await?,
            pending: of(SiteStatus::Pending).count(transaction).await?,
            videos: video::Entity::find()
                .filter(video::COLUMN.deleted_at.is_null())
                .count(transaction)
                .await?,
            silent: silent(transaction).await?,
            dark_sites: dark_sites(transaction).await?,
            tiles: tiles(transaction).await?,
            plays: plays(transaction, today).await?,
            hours: hours(transaction, now).await?,
            last_published_at: last_published_at(transaction).await?,
        })
    }
}

fn active() -> Select<site::Entity> {
    site::Entity::find().filter(site::COLUMN.is_active.eq(true))
}

fn of(status: SiteStatus) -> Select<site::Entity> {
    active().filter(site::COLUMN.status.eq(status.as_str()))
}

/// Their players report, their screens show nothing.
fn dark() -> Select<site::Entity> {
    of(SiteStatus::Online).filter(site::COLUMN.screen.eq(Screen::Off.as_str()))
}

async fn dark_sites(transaction: &impl ConnectionTrait) -> Result<Vec<Site>> {
    let sites = dark()
        .order_by_asc(site::Column::Name)
        .order_by_asc(site::Column::Id)
        .limit(IN_NEED);
    Ok(listed(transaction, sites).await?)
}

/// Longest silent first, then those that never reported: some were linked a moment ago.
async fn silent(transaction: &impl ConnectionTrait) -> Result<Vec<Site>> {
    let offline = || of(SiteStatus::Offline).order_by_asc(site::Column::LastSeen);
    let heard_before = offline().filter(site::COLUMN.last_seen.is_not_null());
    let never_heard = offline().filter(site::COLUMN.last_seen.is_null());
    first(transaction, [heard_before, never_heard], IN_NEED).await
}

/// Sites that are online, then those that were, then those without a screen.
async fn tiles(transaction: &impl ConnectionTrait) -> Result<Vec<Site>> {
    let by_name = |status| of(status).order_by_asc(site::Column::Name);
    let ranks = [SiteStatus::Online, SiteStatus::Offline, SiteStatus::Pending];
    first(transaction, ranks.map(by_name), TILES).await
}

/// The first `most` sites of several lists, one after the other: one order over all of them would
/// have the database sort every site.
async fn first(
    transaction: &impl ConnectionTrait,
    lists: impl IntoIterator<Item = Select<site::Entity>>,
    most: u64,
) -> Result<Vec<Site>> {
    let mut sites = Vec::new();
    for list in lists {
        let left = most - sites.len() as u64;
        if left > 0 {
            let list = list.order_by_asc(site::Column::Id).limit(left);
            sites.extend(listed(transaction, list).await?);
        }
    }
    Ok(sites)
}

async fn plays(transaction: &impl ConnectionTrait, today: NaiveDate) -> Result<PlayCounts> {
    let rows = play_hour::Entity::find()
        .select_only()
        .filter(play_hour::COLUMN.day.eq(today));
    let counted = Counted::select(rows)
        .into_model::<Counted>()
        .one(transaction)
        .await?;
    Ok(counted.map(|counted| counted.counts()).unwrap_or_default())
}

#[derive(FromQueryResult)]
struct Hour {
    hour: i32,
    #[sea_orm(nested)]
    counted: Counted,
}

/// Plays that count, by local hour of today, every hour up to now in Paris.
async fn hours(transaction: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<HourPlays>> {
    let rows = play_hour::Entity::find()
        .select_only()
        .column(play_hour::Column::Hour)
        .filter(play_hour::COLUMN.day.eq(today(now)))
        .filter(play_hour::COLUMN.outcome.ne(QUARANTINED))
        .group_by(play_hour::Column::Hour);
    let rows = Counted::select(rows)
        .into_model::<Hour>()
        .all(transaction)
        .await?;
    let of = |hour: u32| {
        let row = rows.iter().find(|row| row.hour.unsigned_abs() == hour);
        row.map_or(0, |row| row.counted.counts().total())
    };
    let now_in_paris = now.with_timezone(&chrono_tz::Europe::Paris).hour();
    // Clubs overseas are hours ahead.
    let last = rows.iter().map(|row| row.hour.unsigned_abs()).max();
    let last = std::cmp::max(last.unwrap_or(0), now_in_paris);
    Ok((0..=last)
        .map(|hour| HourPlays {
            hour,
            plays: of(hour),
        })
        .collect())
}

async fn last_published_at(transaction: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    let newest = configuration::Entity::find()
        .order_by_desc(configuration::Column::PublishedAt)
        .limit(1)
        .one(transaction)
        .await?;
    Ok(newest.map(|row| row.published_at))
}
