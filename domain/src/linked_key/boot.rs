//! Copied cards: two boxes that use one key.
//!
//! Every run of a player has an id of its own, and ends before the next one of the same box
//! begins. A run that comes back after another one means two boxes: A, B, A. A box that was only
//! started again is A, B.

use std::collections::HashMap;

use api::id::{BootId, SiteId};
use api::key::KeyEventKind;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::history::{self, Happening};
use super::row;
use crate::entity::{player, site};
use crate::{Actor, Domain, Error, Result};

/// Runs remembered of a key.
const REMEMBERED: usize = 8;
/// How long a run is remembered after another one took its place.
const WINDOW: TimeDelta = TimeDelta::hours(24);
/// A request of the run before may still be under way for so long.
const GRACE: TimeDelta = TimeDelta::seconds(5);
/// Keys whose run this instance remembers.
const KEYS: usize = 50_000;

/// The last run of each key, as this instance saw it: most requests need no look at the row.
#[derive(Debug, Default)]
pub(crate) struct Boots(Mutex<HashMap<String, BootId>>);

impl Boots {
    fn is_last(&self, key_id: &str, boot: BootId) -> bool {
        self.0.lock().get(key_id) == Some(&boot)
    }

    fn remember(&self, key_id: &str, boot: BootId) {
        let mut boots = self.0.lock();
        if boots.len() >= KEYS {
            boots.clear();
        }
        boots.insert(key_id.to_owned(), boot);
    }
}

/// A run, and when it took the place of the one before.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Run {
    boot: Uuid,
    since: DateTime<Utc>,
}

/// What a run is to those before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Meeting {
    /// It goes on.
    Same,
    /// It is the next one.
    Next,
    /// It came back after another one.
    Again,
    /// It came back at once: its last words, perhaps.
    Late,
}

/// Takes note of the run that uses a key, unless it is the one that this instance saw last.
pub(crate) async fn meet(domain: &Domain, key_id: &str, boot: BootId) -> Result<()> {
    if domain.inner.boots.is_last(key_id, boot) {
        return Ok(());
    }
    // Boxed: a request that goes past it does not carry the room that it would need.
    Box::pin(async {
        // Revoked at this moment: the next request is refused.
        match super::usable(domain, key_id).await? {
            Some(key) => look(domain, &key, boot).await,
            None => Ok(()),
        }
    })
    .await
}

/// Takes note of the run that uses `key`, a row just read: what all instances saw.
pub(crate) async fn look(domain: &Domain, key: &player::Model, boot: BootId) -> Result<()> {
    if runs(key).last().is_none_or(|run| run.boot != boot.0)
        && write(domain, key, boot).await? == Meeting::Late
    {
        return Ok(());
    }
    domain.inner.boots.remember(&key.key_id, boot);
    Ok(())
}

async fn write(domain: &Domain, key: &player::Model, boot: BootId) -> Result<Meeting> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let site = SiteId(key.site_id);
    let transaction = inner.database.write().await?;
    row::lock(&transaction, site).await?;
    let key = row::of_site(&transaction, site, &key.key_id).await?;
    let mut runs = runs(&key);
    let meeting = met(&mut runs, boot.0, now);
    if meeting == Meeting::Late {
        return Ok(meeting);
    }
    let columns = player::ActiveModel {
        boots: Set(serde_json::to_value(runs).map_err(|error| unwritable(&error))?),
        ..Default::default()
    };
    row::update(&transaction, &key.key_id, columns).await?;
    if meeting == Meeting::Again {
        tell(domain, &transaction, &key, now).await?;
    }
    transaction.commit().await?;
    Ok(meeting)
}

fn unwritable(error: &serde_json::Error) -> Error {
    Error::Internal(format!("runs could not be written: {error}"))
}

fn runs(key: &player::Model) -> Vec<Run> {
    serde_json::from_value(key.boots.clone()).unwrap_or_default()
}

/// Adds a run to those before it.
fn met(runs: &mut Vec<Run>, boot: Uuid, now: DateTime<Utc>) -> Meeting {
    let Some(last) = runs.last().cloned() else {
        runs.push(Run { boot, since: now });
        return Meeting::Next;
    };
    if last.boot == boot {
        return Meeting::Same;
    }
    // A run ended when the next one began.
    let ends: Vec<_> = runs.iter().skip(1).map(|next| next.since).collect();
    let known = runs.iter().position(|run| run.boot == boot);
    let is_known = known.is_some_and(|place| now - ends[place] < WINDOW);
    if is_known && now - last.since < GRACE {
        return Meeting::Late;
    }
    runs.retain(|run| run.boot != boot);
    runs.push(Run { boot, since: now });
    let surplus = runs.len().saturating_sub(REMEMBERED);
    runs.drain(..surplus);
    if is_known {
        Meeting::Again
    } else {
        Meeting::Next
    }
}

/// Names the copy on the site, and once in the audit trail.
async fn tell(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    key: &player::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    let first = site::Entity::update_many()
        .col_expr(site::Column::CloneSeenAt, Expr::value(now))
        .filter(site::Column::Id.eq(key.site_id))
        .filter(site::Column::CloneSeenAt.is_null())
        .exec(transaction)
        .await?;
    if first.rows_affected > 0 {
        tracing::warn!(site.id = %key.site_id, player.key = key.key_id, "two boxes use one key");
        let happening = Happening::of(KeyEventKind::CloneSeen, key);
        history::record(transaction, &domain.inner.clock, &Actor::System, happening).await?;
        return Ok(());
    }
    site::Entity::update_many()
        .col_expr(site::Column::CloneSeenAt, Expr::value(now))
        .filter(site::Column::Id.eq(key.site_id))
        .exec(transaction)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Meeting, Run, TimeDelta, Utc, Uuid, met};

    /// What each run of `letters` is told, a minute apart.
    fn told(letters: &str, apart: TimeDelta) -> Vec<Meeting> {
        let (mut runs, mut now) = (Vec::<Run>::new(), Utc::now());
        let boot = |letter: char| Uuid::from_u128(u128::from(u32::from(letter)));
        let told = letters.chars().map(|letter| {
            now += apart;
            met(&mut runs, boot(letter), now)
        });
        let told = told.collect();
        assert!(runs.len() <= super::REMEMBERED);
        told
    }

    #[test]
    fn only_a_run_that_comes_back_is_a_copy() {
        use Meeting::{Again, Late, Next, Same};
        let minute = TimeDelta::minutes(1);
        assert_eq!(told("AAB", minute), [Next, Same, Next]);
        assert_eq!(told("ABAB", minute), [Next, Next, Again, Again]);
        assert_eq!(told("ABCA", minute), [Next, Next, Next, Again]);
        assert_eq!(told("ABCDEFGHIJ", minute), [Next; 10]);
        assert_eq!(told("ABA", TimeDelta::seconds(1)), [Next, Next, Late]);
        assert_eq!(told("ABA", TimeDelta::hours(25)), [Next, Next, Next]);
    }
}
