//! `FLUSHALL` signs everybody out: a key of Redis stands for all sessions, and where it is missing,
//! they end. A Redis that cannot be reached ends nothing.

use std::time::Duration;

use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior};

use crate::audit::{self, Entry};
use crate::entity::{installation, session};
use crate::installation::ROW;
use crate::redis::Redis;
use crate::{Actor, Domain, Result};

/// The key.
pub(super) const KEY: &str = "epoch";
/// Whether Redis is there is known at once; this often it is seen.
const LOOK: Duration = Duration::from_secs(1);
/// Between two questions for the key. Hosts count them, and requests ask too.
const QUESTION: Duration = Duration::from_secs(10);

/// Looks after the key for ever.
pub(crate) async fn run(domain: Domain) {
    let Some(redis) = &domain.inner.redis else {
        return;
    };
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut answered, mut asked_at) = (redis.answers(), Instant::now());
    loop {
        looks.tick().await;
        let answers = redis.answers();
        match (answered, answers) {
            (true, false) => tracing::warn!("Redis is lost: the database answers for it"),
            (false, true) => tracing::info!("Redis is back"),
            _ => {}
        }
        let is_due = asked_at.elapsed() >= QUESTION || !answered;
        answered = answers;
        if answers && is_due {
            asked_at = Instant::now();
            if let Err(error) = check(&domain).await {
                tracing::warn!(%error, "sessions could not be ended");
                // Not forgotten: it is asked again at the next look.
                answered = false;
            }
        }
    }
}

/// Ends all sessions if Redis answers and has forgotten.
pub(crate) async fn check(domain: &Domain) -> Result<()> {
    match &domain.inner.redis {
        Some(redis) if has_forgotten(redis).await => end_all(domain, redis).await,
        _ => Ok(()),
    }
}

async fn has_forgotten(redis: &Redis) -> bool {
    let found = redis.get([KEY]).await;
    found.is_ok_and(|found| found == [None])
}

async fn end_all(domain: &Domain, redis: &Redis) -> Result<()> {
    let inner = &domain.inner;
    let transaction = inner.database.write().await?;
    // One instance at a time. Who waited sees what the one before did.
    installation::Entity::find_by_id(ROW)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    if !has_forgotten(redis).await {
        return Ok(());
    }
    let ended = session::Entity::delete_many().exec(&transaction).await?;
    let entry = Entry {
        actor: &Actor::System,
        action: "session.end_all",
        object: None,
        details: json!({ "sessions": ended.rows_affected }),
    };
    audit::record(&transaction, &inner.clock, entry).await?;
    transaction.commit().await?;
    super::session::ended(domain).await;
    let now = inner.clock.now().to_rfc3339();
    if let Err(error) = redis.set(KEY, now, None).await {
        tracing::warn!(%error, "Redis was lost again");
    }
    if ended.rows_affected > 0 {
        let sessions = ended.rows_affected;
        tracing::warn!(
            sessions,
            "Redis is new or was emptied: everybody was signed out"
        );
    }
    Ok(())
}
