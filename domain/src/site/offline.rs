//! Notices players that fell silent.

use std::time::Duration;

use api::event::Event;
use api::id::SiteId;
use api::limit::OFFLINE_AFTER;
use api::site::{Screen, SiteStatus};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect, Set};
use tokio::time::Instant;
use uuid::Uuid;

use crate::entity::site;
use crate::{Clock, Domain, Result};

/// Time between two looks: with it, 40 s of silence are on every page before 45 s, which are written
/// within 1 s and asked for by pages at most 3 s later.
const INTERVAL: Duration = Duration::from_secs(1);
/// Who did not look for this long (asleep, stopped, without its database) was deaf too.
const DEAF: Duration = Duration::from_secs(15);
/// Most sites marked at once; the others come with the next look.
const MOST: u64 = 1_000;

/// Looks for silent players. Nobody is silent to who did not listen: after a start, players have
/// their full time to report.
pub(crate) struct Watch {
    /// Listening without a break since then.
    since: DateTime<Utc>,
    looked: Option<Instant>,
}

impl Watch {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self {
            since: clock.now(),
            looked: None,
        }
    }

    /// Marks sites whose player has not reported for [`OFFLINE_AFTER`], when it is time to look.
    pub(crate) async fn look(&mut self, domain: &Domain) -> Result<()> {
        let ago = self.looked.map(|looked| looked.elapsed());
        if ago.is_some_and(|ago| ago < INTERVAL) {
            return Ok(());
        }
        let now = domain.inner.clock.now();
        if ago.is_some_and(|ago| ago > DEAF) {
            self.since = now;
        }
        self.looked = Some(Instant::now());
        let limit = now - TimeDelta::from_std(OFFLINE_AFTER).unwrap_or(TimeDelta::MAX);
        if self.since > limit || !domain.inner.lease.is_held() {
            return Ok(());
        }
        let silent = mark(domain, limit).await?;
        if !silent.is_empty() {
            tracing::info!(sites = silent.len(), "players fell silent");
        }
        for site in silent {
            domain.inner.reports.forget(site);
            domain.inner.bus.publish(Event::SiteChanged { site });
        }
        Ok(())
    }
}

/// Marks who has not reported since `limit`. Their screen counts as off: nobody knows what it shows.
async fn mark(domain: &Domain, limit: DateTime<Utc>) -> Result<Vec<SiteId>> {
    let database = &domain.inner.database;
    let silent: Vec<Uuid> = site::Entity::find()
        .select_only()
        .column(site::Column::Id)
        .filter(site::COLUMN.status.eq(SiteStatus::Online.as_str()))
        .filter(site::COLUMN.last_seen.lt(limit))
        .limit(MOST)
        .into_tuple()
        .all(&database.read().await?)
        .await?;
    if silent.is_empty() {
        return Ok(Vec::new());
    }
    let offline = site::ActiveModel {
        status: Set(SiteStatus::Offline.as_str().to_owned()),
        screen: Set(Screen::Off.as_str().to_owned()),
        ..Default::default()
    };
    let transaction = database.write().await?;
    site::Entity::update_many()
        .set(offline)
        .filter(site::COLUMN.id.is_in(silent.iter().copied()))
        .filter(site::COLUMN.status.eq(SiteStatus::Online.as_str()))
        .filter(site::COLUMN.last_seen.lt(limit))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(silent.into_iter().map(SiteId).collect())
}
