//! Failed sign-ins cost time: each account, each network and each account from a network has a
//! budget of failures that fills again slowly. Every try is booked before the password is looked
//! at, so that a volley of parallel tries finds the budget empty; success gives it back.
//!
//! A network's budget bounds the rows that it can cause; housekeeping removes what is full again.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};
use sha2::{Digest, Sha256};

use crate::database::Database;
use crate::entity::login_throttle;
use crate::{Error, Result};
use api::error::ErrorCode;

/// A budget of failures.
struct Budget {
    kind: &'static str,
    /// Failures in a row that a full budget allows.
    failures: i64,
    /// How long one failure takes to be forgiven, in milliseconds.
    forgiven_ms: i64,
}

/// One guesser at one account: ten tries, then one a minute.
const PAIR: Budget = Budget {
    kind: "pair",
    failures: 10,
    forgiven_ms: 60_000,
};
/// One network, whatever accounts: thirty tries, then six a minute.
const NETWORK: Budget = Budget {
    kind: "network",
    failures: 30,
    forgiven_ms: 10_000,
};
/// One account, from all over the world.
const ACCOUNT: Budget = Budget {
    kind: "account",
    failures: 100,
    forgiven_ms: 10_000,
};

/// Mails with a link for a new password, asked for by one network: five, then one in twelve minutes; ten
/// within any hour.
const RESETS: Budget = Budget {
    kind: "reset",
    failures: 5,
    forgiven_ms: 12 * 60_000,
};

/// A try that was booked.
pub(super) struct Booking {
    entries: Vec<(String, Budget)>,
}

/// Books a try at an account from a network, or refuses it. An empty account counts for the
/// network only.
pub(super) async fn book(
    database: &Database,
    account: &str,
    network: &str,
    now: DateTime<Utc>,
) -> Result<Booking> {
    // The same order everywhere, so that two bookings never wait for each other.
    let mut entries = vec![(network.to_owned(), NETWORK)];
    if !account.is_empty() {
        entries.push((account.to_owned(), ACCOUNT));
        entries.push((format!("{account}|{network}"), PAIR));
    }
    take(database, entries, now).await
}

/// Books a mail with a link for a new password, or refuses it. Nothing gives it back: who asks too often
/// is told the same whether the account exists or not.
pub(super) async fn book_reset(
    database: &Database,
    network: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    take(database, vec![(network.to_owned(), RESETS)], now).await?;
    Ok(())
}

async fn take(
    database: &Database,
    entries: Vec<(String, Budget)>,
    now: DateTime<Utc>,
) -> Result<Booking> {
    let entries = entries
        .into_iter()
        .map(|(text, budget)| (key(&budget, &text), budget))
        .collect();
    let booking = Booking { entries };
    let transaction = database.write().await?;
    for (key, budget) in &booking.entries {
        let clears_at_ms = charge(&transaction, key, budget.forgiven_ms, now).await?;
        if clears_at_ms - now.timestamp_millis() > budget.failures * budget.forgiven_ms {
            // Dropping the transaction: a refused try costs nothing more.
            tracing::warn!(budget = budget.kind, "throttled");
            return Err(Error::refused(ErrorCode::TooManyRequests));
        }
    }
    transaction.commit().await?;
    Ok(booking)
}

impl Booking {
    /// Gives the try back: it was no failure.
    pub(super) async fn give_back(
        self,
        transaction: &impl ConnectionTrait,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        for (key, budget) in self.entries {
            charge(transaction, &key, -budget.forgiven_ms, now).await?;
        }
        Ok(())
    }
}

/// Removes budgets that are full again.
pub(super) async fn clean(
    transaction: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    login_throttle::Entity::delete_many()
        .filter(login_throttle::Column::ClearsAtMs.lt(now.timestamp_millis()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Neither addresses nor accounts are kept in clear.
fn key(budget: &Budget, text: &str) -> String {
    hex::encode(Sha256::digest(format!("{}|{text}", budget.kind)))
}

/// Moves the end of a budget's debt in one statement; gives the new end.
async fn charge(
    transaction: &impl ConnectionTrait,
    key: &str,
    by_ms: i64,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    use login_throttle::{ActiveModel, Column, Entity};
    let now_ms = now.timestamp_millis();
    let known = (Entity, Column::ClearsAtMs);
    let from = CaseStatement::new()
        .case(Expr::col(known).gt(now_ms), Expr::col(known))
        .finally(Expr::value(now_ms));
    let moved = OnConflict::column(Column::Key)
        .value(Column::ClearsAtMs, Expr::expr(from).add(by_ms))
        .to_owned();
    let row = ActiveModel {
        key: Set(key.to_owned()),
        clears_at_ms: Set(now_ms + by_ms),
    };
    let row = Entity::insert(row)
        .on_conflict(moved)
        .exec_with_returning(transaction)
        .await?;
    Ok(row.clears_at_ms)
}
