//! What the roll-ups add up to. Each question goes to the one with the fewest rows that can answer:
//!
//! | of | by day | by video | by site |
//! |---|---|---|---|
//! | everything | `play_hours` | `play_video_days` | `play_site_days` |
//! | a video | `play_video_days` | `play_video_days` | `play_days` |
//! | a site | `play_days` | `play_days` | `play_days` |

use api::report::PlayFilter;
use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::QUARANTINED;
use super::count::{self, Counted};
use super::report::Range;
use crate::Result;
use crate::entity::play_day::Column::{Day as DayColumn, Outcome, SiteId, VideoId};
use crate::entity::{play_day, play_hour, play_site_day, play_video_day};

/// Most videos and sites of a report.
const ROWS: u64 = 100;

#[derive(FromQueryResult)]
pub(super) struct Day {
    pub(super) day: NaiveDate,
    #[sea_orm(nested)]
    pub(super) counted: Counted,
}

#[derive(FromQueryResult)]
pub(super) struct Group {
    pub(super) id: Uuid,
    #[sea_orm(nested)]
    pub(super) counted: Counted,
}

/// The days that have plays, in no order.
pub(super) async fn days(
    transaction: &impl ConnectionTrait,
    filter: &PlayFilter,
    range: Range,
) -> Result<Vec<Day>> {
    match (filter.site, filter.video) {
        (None, None) => by_day(transaction, rows::<play_hour::Entity>(filter, range)).await,
        (None, Some(_)) => by_day(transaction, rows::<play_video_day::Entity>(filter, range)).await,
        _ => by_day(transaction, rows::<play_day::Entity>(filter, range)).await,
    }
}

/// The videos with most plays.
pub(super) async fn videos(
    transaction: &impl ConnectionTrait,
    filter: &PlayFilter,
    range: Range,
) -> Result<Vec<Group>> {
    match filter.site {
        None => {
            most(
                transaction,
                rows::<play_video_day::Entity>(filter, range),
                VideoId,
            )
            .await
        }
        Some(_) => {
            most(
                transaction,
                rows::<play_day::Entity>(filter, range),
                VideoId,
            )
            .await
        }
    }
}

/// The sites with most plays.
pub(super) async fn sites(
    transaction: &impl ConnectionTrait,
    filter: &PlayFilter,
    range: Range,
) -> Result<Vec<Group>> {
    match (filter.site, filter.video) {
        (None, None) => {
            most(
                transaction,
                rows::<play_site_day::Entity>(filter, range),
                SiteId,
            )
            .await
        }
        _ => most(transaction, rows::<play_day::Entity>(filter, range), SiteId).await,
    }
}

/// The rows of a filter. Columns are named as in `play_days`, whichever roll-up it is.
fn rows<RollUp: EntityTrait>(filter: &PlayFilter, range: Range) -> Select<RollUp> {
    let mut rows = RollUp::find()
        .select_only()
        .filter(Expr::col(DayColumn).between(range.from, range.to));
    if let Some(site) = filter.site {
        rows = rows.filter(Expr::col(SiteId).eq(site.0));
    }
    if let Some(video) = filter.video {
        rows = rows.filter(Expr::col(VideoId).eq(video.0));
    }
    rows
}

async fn by_day<RollUp: EntityTrait>(
    transaction: &impl ConnectionTrait,
    rows: Select<RollUp>,
) -> Result<Vec<Day>> {
    let days =
        Counted::select(rows.column_as(Expr::col(DayColumn), "day")).group_by(Expr::col(DayColumn));
    Ok(days.into_model::<Day>().all(transaction).await?)
}

/// The groups with most plays; those that only have plays kept apart are left out.
async fn most<RollUp: EntityTrait>(
    transaction: &impl ConnectionTrait,
    rows: Select<RollUp>,
    by: play_day::Column,
) -> Result<Vec<Group>> {
    let groups = Counted::select(rows.column_as(Expr::col(by), "id"))
        .filter(Expr::col(Outcome).ne(QUARANTINED))
        .group_by(Expr::col(by))
        .order_by(count::counting(), Order::Desc)
        .order_by(Expr::col(by), Order::Asc)
        .limit(ROWS);
    Ok(groups.into_model::<Group>().all(transaction).await?)
}
