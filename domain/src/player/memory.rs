//! What this instance remembers of players, so that polls do not reach the database.

use std::collections::HashMap;
use std::sync::Arc;

use api::id::SiteId;
use chrono::{DateTime, Utc};
use parking_lot::Mutex;

use super::StoredState;
use super::token::Holder;

/// Most tokens remembered: more than twice a large fleet, since a token is renewed before it ends.
const HOLDERS: usize = 50_000;

/// What this instance remembers of players.
#[derive(Default)]
pub(crate) struct Memory {
    holders: Mutex<HashMap<[u8; 32], Known<Holder>>>,
    states: Mutex<HashMap<SiteId, Known<Arc<StoredState>>>>,
}

/// A value, and the count of changes that it was read at.
#[derive(Clone)]
struct Known<T> {
    value: T,
    at: i64,
}

impl Memory {
    /// Who the token named `name` (its SHA-256) stands for, if that was looked up since the
    /// last change.
    pub(super) fn holder(&self, name: &[u8; 32], at: i64, now: DateTime<Utc>) -> Option<Holder> {
        let holders = self.holders.lock();
        let known = holders.get(name).filter(|known| known.at == at)?;
        (known.value.ends_at > now.timestamp()).then(|| known.value.clone())
    }

    pub(super) fn remember_holder(
        &self,
        name: [u8; 32],
        holder: Holder,
        at: i64,
        now: DateTime<Utc>,
    ) {
        let mut holders = self.holders.lock();
        if holders.len() >= HOLDERS {
            holders.retain(|_, known| known.value.ends_at > now.timestamp());
        }
        if holders.len() >= HOLDERS {
            holders.clear();
        }
        holders.insert(name, Known { value: holder, at });
    }

    pub(super) fn forget_holder(&self, name: &[u8; 32]) {
        self.holders.lock().remove(name);
    }

    pub(super) fn state(&self, site: SiteId, at: i64) -> Option<Arc<StoredState>> {
        let states = self.states.lock();
        let known = states.get(&site).filter(|known| known.at == at)?;
        Some(Arc::clone(&known.value))
    }

    pub(super) fn remember_state(&self, site: SiteId, state: Arc<StoredState>, at: i64) {
        self.states.lock().insert(site, Known { value: state, at });
    }

    /// The sites whose states were read before the last change.
    pub(super) fn outdated(&self, at: i64) -> Vec<SiteId> {
        let states = self.states.lock();
        let before = states.iter().filter(|(_, known)| known.at != at);
        before.map(|(site, _)| *site).collect()
    }

    /// The next poll reads the state anew.
    pub(super) fn forget_state(&self, site: SiteId) {
        self.states.lock().remove(&site);
    }
}
