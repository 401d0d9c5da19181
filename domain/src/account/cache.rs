//! Sessions at hand: in memory and, for all instances, in Redis.
//!
//! What is at hand carries the count of changes to users and sessions that it was read at. Every
//! instance reads that count every second: one that ended, and a role taken away, are at most that old.

use std::collections::HashMap;
use std::time::Duration;

use api::id::{SessionId, UserId};
use api::permission::Role;
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::Mac;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::epoch;
use crate::{Actor, Domain, Result};

/// A session is looked up again after this long, whatever was heard of changes.
const FRESH: TimeDelta = TimeDelta::minutes(1);
/// Redis forgets it after this long.
const SHARED: Duration = Duration::from_mins(1);
/// Most sessions remembered.
const REMEMBERED: usize = 10_000;
/// What the seal of a session in Redis is good for.
const PURPOSE: &str = "session-cache";

/// What a request needs to know of a session.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Known {
    pub(super) user: UserId,
    pub(super) role: Role,
    pub(super) name: String,
    pub(super) expires_at: DateTime<Utc>,
    /// The count of changes that it was read at.
    pub(super) at: i64,
}

impl Known {
    pub(super) fn actor(self, session: SessionId) -> Actor {
        Actor::Person {
            id: self.user,
            session,
            role: self.role,
            name: self.name,
        }
    }

    fn is_good(&self, at: i64, now: DateTime<Utc>) -> bool {
        // A younger count comes from an instance that heard of a change before this one did.
        self.at >= at && self.expires_at > now
    }
}

/// How often users and sessions changed, as far as this instance knows.
pub(super) fn version(domain: &Domain) -> i64 {
    let changes = &domain.inner.changes;
    changes.version("users") + changes.version("sessions")
}

/// Who the last requests came from.
#[derive(Default)]
pub(crate) struct Cache {
    sessions: Mutex<HashMap<SessionId, (Known, DateTime<Utc>)>>,
}

impl Cache {
    pub(super) fn get(&self, id: SessionId, at: i64, now: DateTime<Utc>) -> Option<Known> {
        let sessions = self.sessions.lock();
        let (known, looked_up_at) = sessions.get(&id)?;
        // Either way: a clock that was set back must not make an entry live for ever.
        let age = (now - looked_up_at).abs();
        (age < FRESH && known.is_good(at, now)).then(|| known.clone())
    }

    pub(super) fn put(&self, id: SessionId, known: Known, now: DateTime<Utc>) {
        let mut sessions = self.sessions.lock();
        if sessions.len() >= REMEMBERED {
            sessions.clear();
        }
        sessions.insert(id, (known, now));
    }

    pub(super) fn forget(&self, id: SessionId) {
        self.sessions.lock().remove(&id);
    }

    /// The next request of each session is looked up anew.
    pub(super) fn forget_all(&self) {
        self.sessions.lock().clear();
    }
}

/// Whoever reads Redis learns no id that opens anything.
fn key(id: SessionId) -> String {
    format!("session:{}", hex::encode(Sha256::digest(id.0)))
}

/// A session as Redis has it at hand.
pub(super) async fn shared(domain: &Domain, id: SessionId, at: i64) -> Result<Option<Known>> {
    let Some(redis) = &domain.inner.redis else {
        return Ok(None);
    };
    let Ok(found) = redis.get([epoch::KEY, &key(id)]).await else {
        return Ok(None);
    };
    let [epoch, session] = found.as_slice() else {
        return Ok(None);
    };
    if epoch.is_none() {
        epoch::check(domain).await?;
        return Ok(None);
    }
    let known = session
        .as_deref()
        .and_then(|sealed| opened(domain, id, sealed));
    Ok(known.filter(|known| known.is_good(at, domain.inner.clock.now())))
}

/// Has a session at hand for all instances.
pub(super) async fn share(domain: &Domain, id: SessionId, known: &Known) {
    let (Some(redis), Some(sealed)) = (&domain.inner.redis, sealed(domain, id, known)) else {
        return;
    };
    // Lost: the next one to ask looks it up.
    let _ = redis.set(&key(id), sealed, Some(SHARED)).await;
}

/// Sealed: whoever writes to Redis makes nobody an administrator.
fn sealed(domain: &Domain, id: SessionId, known: &Known) -> Option<String> {
    let text = serde_json::to_string(known).ok()?;
    let seal = domain.inner.keys.seal(PURPOSE, &format!("{id}|{text}"));
    let seal = BASE64_STANDARD_NO_PAD.encode(seal.finalize().into_bytes());
    Some(format!("{seal}.{text}"))
}

fn opened(domain: &Domain, id: SessionId, sealed: &str) -> Option<Known> {
    let (seal, text) = sealed.split_once('.')?;
    let seal = BASE64_STANDARD_NO_PAD.decode(seal).ok()?;
    let expected = domain.inner.keys.seal(PURPOSE, &format!("{id}|{text}"));
    expected.verify_slice(&seal).ok()?;
    serde_json::from_str(text).ok()
}
