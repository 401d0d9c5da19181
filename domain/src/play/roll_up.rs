//! Plays counted as they are stored, so that no page counts them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Iden, Value};
use uuid::Uuid;

use super::QUARANTINED;
use crate::Result;
use crate::entity::{play, play_day, play_hour, play_site_day, play_video_day};

/// What the plays of a key add up to.
#[derive(Clone, Copy, Default)]
struct Sum {
    count: i64,
    shown_ms: i64,
}

/// Ordered: deliveries that meet take their rows in the same order and never lock each other.
type Sums<Key> = BTreeMap<Key, Sum>;

/// Text of the column `outcome`.
type Outcome<'a> = &'a str;

/// Counts plays that were stored just now, in the transaction that stored them.
pub(super) async fn add<'a>(
    transaction: &impl ConnectionTrait,
    plays: impl Iterator<Item = &'a play::Model>,
) -> Result<()> {
    let mut days: Sums<(Uuid, NaiveDate, Uuid, Outcome)> = Sums::new();
    let mut hours: Sums<(NaiveDate, i32, Outcome)> = Sums::new();
    for play in plays {
        let (outcome, shown_ms) = match play.quarantine {
            Some(_) => (QUARANTINED, 0),
            None => (play.outcome.as_str(), play.shown_ms),
        };
        let sum = Sum { count: 1, shown_ms };
        let day = play.local_day;
        plus(&mut days, (play.site_id, day, play.video_id, outcome), sum);
        plus(&mut hours, (day, play.local_hour, outcome), sum);
    }
    // All of them were there already.
    if days.is_empty() {
        return Ok(());
    }
    let mut video_days: Sums<(NaiveDate, Uuid, Outcome)> = Sums::new();
    let mut site_days: Sums<(NaiveDate, Uuid, Outcome)> = Sums::new();
    for (&(site, day, video, outcome), &sum) in &days {
        plus(&mut video_days, (day, video, outcome), sum);
        plus(&mut site_days, (day, site, outcome), sum);
    }
    by_site_day_video(transaction, days).await?;
    by_hour(transaction, hours).await?;
    let key = {
        use play_video_day::Column::{Day, Outcome, VideoId};
        [Day, VideoId, Outcome]
    };
    by_day(transaction, play_video_day::Entity, key, video_days).await?;
    let key = {
        use play_site_day::Column::{Day, Outcome, SiteId};
        [Day, SiteId, Outcome]
    };
    by_day(transaction, play_site_day::Entity, key, site_days).await?;
    Ok(())
}

fn plus<Key: Ord>(sums: &mut Sums<Key>, key: Key, more: Sum) {
    let sum = sums.entry(key).or_default();
    sum.count += more.count;
    sum.shown_ms = sum.shown_ms.saturating_add(more.shown_ms);
}

async fn by_site_day_video(
    transaction: &impl ConnectionTrait,
    sums: Sums<(Uuid, NaiveDate, Uuid, Outcome<'_>)>,
) -> Result<(), DbErr> {
    use play_day::Column::{Day, Outcome, SiteId, VideoId};
    let rows = sums.into_iter().map(|((site, day, video, outcome), sum)| {
        let key = [site.into(), day.into(), video.into(), outcome.into()];
        (key, sum)
    });
    write(
        transaction,
        play_day::Entity,
        [SiteId, Day, VideoId, Outcome],
        rows,
    )
    .await
}

async fn by_hour(
    transaction: &impl ConnectionTrait,
    sums: Sums<(NaiveDate, i32, Outcome<'_>)>,
) -> Result<(), DbErr> {
    use play_hour::Column::{Day, Hour, Outcome};
    let rows = sums
        .into_iter()
        .map(|((day, hour, outcome), sum)| ([day.into(), hour.into(), outcome.into()], sum));
    write(transaction, play_hour::Entity, [Day, Hour, Outcome], rows).await
}

/// By day and something else: `key` are the columns of day, its id and outcome.
async fn by_day<RollUp: EntityTrait>(
    transaction: &impl ConnectionTrait,
    table: RollUp,
    key: [RollUp::Column; 3],
    sums: Sums<(NaiveDate, Uuid, Outcome<'_>)>,
) -> Result<(), DbErr> {
    let rows = sums
        .into_iter()
        .map(|((day, id, outcome), sum)| ([day.into(), id.into(), outcome.into()], sum));
    write(transaction, table, key, rows).await
}

/// Adds sums to the rows of a roll-up.
async fn write<const KEY: usize, RollUp: EntityTrait>(
    transaction: &impl ConnectionTrait,
    table: RollUp,
    key: [RollUp::Column; KEY],
    rows: impl Iterator<Item = ([Value; KEY], Sum)>,
) -> Result<(), DbErr> {
    let [count, shown_ms] = [play_day::Column::Count, play_day::Column::ShownMs];
    let mut insert = Query::insert();
    insert.into_table(table.table_ref());
    let names = key.iter().map(Iden::to_string);
    insert.columns(names.chain([count.to_string(), shown_ms.to_string()]));
    for (key, sum) in rows {
        let sums = [Value::from(sum.count), Value::from(sum.shown_ms)];
        let values = key.into_iter().chain(sums).map(Expr::value);
        insert
            .values(values)
            .map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    let added = |column: play_day::Column| {
        let kept = Expr::col((table, column));
        (column, kept.add(Expr::col(("excluded", column))))
    };
    let mut conflict = OnConflict::columns(key);
    conflict.values([added(count), added(shown_ms)]);
    transaction.execute(insert.on_conflict(conflict)).await?;
    Ok(())
}
