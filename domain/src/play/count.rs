//! Sums of the roll-ups. All of them have the columns `outcome`, `count` and `shown_ms`; those of
//! `play_days` name them here.

use api::play::Outcome;
use api::report::PlayCounts;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, FromQueryResult, QuerySelect, Select};

use crate::entity::play_day;

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
    pub(crate) fn select<RollUp: EntityTrait>(rows: Select<RollUp>) -> Select<RollUp> {
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
