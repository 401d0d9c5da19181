//! Nobody tries out codes: wrong ones are counted for each person.

use std::collections::HashMap;

use api::error::ErrorCode;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::{Actor, Domain, Error, Result};

/// Wrong codes that a person may type within [`WINDOW`].
const WRONG: usize = 10;
/// How long a wrong code counts: the refusal asks to wait a minute.
const WINDOW: TimeDelta = TimeDelta::minutes(1);

/// Wrong codes of the last minute, by person.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, Vec<DateTime<Utc>>>>);

impl Guesses {
    fn admit(&self, actor: &Actor, now: DateTime<Utc>) -> Result<()> {
        let mut wrong = self.0.lock();
        wrong.retain(|_, times| {
            times.retain(|time| now - *time < WINDOW);
            !times.is_empty()
        });
        match wrong.get(&name(actor)) {
            Some(times) if times.len() >= WRONG => Err(Error::refused(ErrorCode::TooManyRequests)),
            _ => Ok(()),
        }
    }

    fn count(&self, actor: &Actor, now: DateTime<Utc>) {
        self.0.lock().entry(name(actor)).or_default().push(now);
    }
}

/// Refuses who typed too many wrong codes, at whichever instance.
pub(super) async fn admit(domain: &Domain, actor: &Actor) -> Result<()> {
    let inner = &domain.inner;
    inner.guesses.admit(actor, inner.clock.now())?;
    let Some(redis) = &inner.redis else {
        return Ok(());
    };
    // Lost: what this instance counted is enough for now.
    let counted = redis
        .get([&key(actor, inner.clock.now())])
        .await
        .unwrap_or_default();
    let counted = counted.into_iter().flatten().next();
    match counted.and_then(|count| count.parse::<usize>().ok()) {
        Some(count) if count >= WRONG => Err(Error::refused(ErrorCode::TooManyRequests)),
        _ => Ok(()),
    }
}

/// Counts a wrong code.
pub(super) async fn count(domain: &Domain, actor: &Actor) {
    let inner = &domain.inner;
    inner.guesses.count(actor, inner.clock.now());
    if let Some(redis) = &inner.redis {
        let window = WINDOW.to_std().unwrap_or_default();
        if let Err(error) = redis.count(&key(actor, inner.clock.now()), window).await {
            tracing::debug!(%error, "a wrong code was counted here only");
        }
    }
}

/// A count for each minute of the clock.
fn key(actor: &Actor, now: DateTime<Utc>) -> String {
    let minute = now.timestamp().div_euclid(WINDOW.num_seconds());
    let name = hex::encode(Sha256::digest(name(actor)));
    format!("guesses:{name}:{minute}")
}

fn name(actor: &Actor) -> String {
    match actor {
        Actor::Person { id, .. } => id.to_string(),
        Actor::Player { key_id, .. } => key_id.clone(),
        Actor::System => "system".to_owned(),
    }
}
