//! Plays counted by site, local day, video and outcome.

use std::collections::BTreeMap;

use api::play::Outcome;
use api::report::PlayCounts;
use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QuerySelect, Select, Set};
use uuid::Uuid;

use crate::Result;
use crate::entity::{play, play_day};

/// Text of the column `outcome` of plays that do not count.
pub(crate) const QUARANTINED: &str = "quarantined";

/// What a group of rows adds up to.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Counted {
    pub(crate) completed: i64,
    pub(crate) skipped: i64,
    pub(crate) error: i64,
    pub(crate) cut: i64,
    pub(crate) quarantined: i64,
    /// Milliseconds on screen of the plays that count.
    pub(crate) shown_ms: i64,
}

impl Counted {
    pub(crate) fn counts(&self) -> PlayCounts {
        PlayCounts {
            completed: self.completed.unsigned_abs(),
            skipped: self.skipped.unsigned_abs(),
            error: self.error.unsigned_abs(),
            cut: self.cut.unsigned_abs(),
        }
    }

    /// Adds its columns to a select.
    pub(crate) fn select(rows: Select<play_day::Entity>) -> Select<play_day::Entity> {
        let outcomes = Outcome::ALL.map(Outcome::as_str);
        let mut rows = rows;
        for outcome in outcomes.into_iter().chain([QUARANTINED]) {
            rows = rows.column_as(total(outcome, play_day::Column::Count), outcome);
        }
        rows.column_as(sum(Expr::col(play_day::Column::ShownMs)), "shown_ms")
    }
}

fn total(outcome: &str, column: play_day::Column) -> Expr {
    let of_outcome = Expr::col(play_day::Column::Outcome).eq(outcome);
    sum(Expr::case(of_outcome, Expr::col(column)).finally(0).into())
}

/// Plays that count.
pub(super) fn counting() -> Expr {
    let counts = Expr::col(play_day::Column::Outcome).ne(QUARANTINED);
    sum(Expr::case(counts, Expr::col(play_day::Column::Count))
        .finally(0)
        .into())
}

/// A sum that both databases give as a whole number of 64 bits, 0 without rows.
fn sum(of: Expr) -> Expr {
    Expr::expr(of.sum()).if_null(0).cast_as("bigint")
}

/// Counts plays that were stored just now, in the transaction that stored them.
pub(super) async fn add<'a>(
    transaction: &impl ConnectionTrait,
    plays: impl Iterator<Item = &'a play::Model>,
) -> Result<()> {
    // Ordered: deliveries that meet take their rows in the same order and never lock each other.
    let mut days: BTreeMap<(Uuid, NaiveDate, Uuid, &str), (i64, i64)> = BTreeMap::new();
    for play in plays {
        let (outcome, shown_ms) = match play.quarantine {
            Some(_) => (QUARANTINED, 0),
            None => (play.outcome.as_str(), play.shown_ms),
        };
        let key = (play.site_id, play.local_day, play.video_id, outcome);
        let counted = days.entry(key).or_default();
        counted.0 += 1;
        counted.1 = counted.1.saturating_add(shown_ms);
    }
    let rows = days.into_iter().map(|(key, (count, shown_ms))| {
        let (site_id, day, video_id, outcome) = key;
        play_day::ActiveModel {
            site_id: Set(site_id),
            day: Set(day),
            video_id: Set(video_id),
            outcome: Set(outcome.to_owned()),
            count: Set(count),
            shown_ms: Set(shown_ms),
        }
    });
    play_day::Entity::insert_many(rows)
        .on_conflict(added())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

fn added() -> OnConflict {
    let key = [
        play_day::Column::SiteId,
        play_day::Column::Day,
        play_day::Column::VideoId,
        play_day::Column::Outcome,
    ];
    let sum = |column: play_day::Column| {
        let kept = Expr::col((play_day::Entity, column));
        (column, kept.add(Expr::col(("excluded", column))))
    };
    let mut conflict = OnConflict::columns(key);
    conflict.values([sum(play_day::Column::Count), sum(play_day::Column::ShownMs)]);
    conflict
}
