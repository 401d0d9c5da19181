//! What changed, so that caches forget in time.
//!
//! Triggers bump a row of `changes` for every edit of users, sites, players, videos and
//! configurations, also for one made by hand or by another instance. Each instance reads the rows
//! every [`INTERVAL`]. Permissions may be 2 s old, the rest 5 s.

use std::collections::BTreeMap;
use std::time::Duration;

use parking_lot::Mutex;
use sea_orm::EntityTrait;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::Domain;
use crate::database::Database;
use crate::entity::change;
use crate::error::Result;

/// Time between two looks.
const INTERVAL: Duration = Duration::from_secs(1);

/// Who could not look for so long has not heard of changes.
const DEAF: Duration = Duration::from_secs(5);

/// The newest known version of every topic.
#[derive(Debug)]
pub(crate) struct Changes {
    versions: watch::Sender<BTreeMap<String, i64>>,
    read_at: Mutex<Instant>,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self {
            versions: watch::Sender::default(),
            read_at: Mutex::new(Instant::now()),
        }
    }

    /// How often something of `topic` changed, as far as this instance knows.
    pub(crate) fn version(&self, topic: &str) -> i64 {
        self.versions.borrow().get(topic).copied().unwrap_or(0)
    }

    /// Tells of every change from now on.
    pub(crate) fn subscribe(&self) -> watch::Receiver<BTreeMap<String, i64>> {
        self.versions.subscribe()
    }

    /// Whether this instance would have heard of a change: it does not while the database is lost.
    pub(crate) fn are_heard(&self) -> bool {
        self.read_at.lock().elapsed() < DEAF
    }

    /// Reads the rows; services call it after a change of their own, to see it at once.
    pub(crate) async fn refresh(&self, database: &Database) -> Result<()> {
        // What changes from here on is not in the answer.
        let asked_at = Instant::now();
        let rows = change::Entity::find().all(&database.read().await?).await?;
        *self.read_at.lock() = asked_at;
        let versions = rows
            .into_iter()
            .map(|row| (row.topic, row.version))
            .collect();
        self.versions.send_if_modified(|known| {
            let changed = *known != versions;
            if changed {
                *known = versions;
            }
            changed
        });
        Ok(())
    }
}

/// Looks for changes for ever.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = domain.inner.changes.refresh(&domain.inner.database).await {
            tracing::warn!(%error, "changes could not be read");
        }
    }
}
