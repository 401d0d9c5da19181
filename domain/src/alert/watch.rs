//! Looks at the sites: who is silent in hours in which it is expected, who is too hot or too full.

use std::collections::HashSet;
use std::time::Duration;

use api::alert::AlertKind;
use api::event::Event;
use api::limit::OFFLINE_AFTER;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior};
use uuid::Uuid;

use super::record::{self, FIGURE, Opening, SITES};
use super::watched::{self, Fleet, Watched};
use super::{failures, fleet, query};
use crate::entity::alert;
use crate::{Domain, Result, telemetry};

/// Between two looks.
const INTERVAL: Duration = Duration::from_secs(2);
/// Who did not look for so long (asleep, stopped, without its database) was deaf too.
const DEAF: Duration = Duration::from_secs(20);
/// How long a site may be offline before anybody is told.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);
/// Sites that have been silent for so long are no part of the fleet that falls silent.
const FORGOTTEN: TimeDelta = TimeDelta::days(1);

/// Looks for ever, while this instance leads. Nobody is silent to who did not listen: after a start,
/// players have their full time to report.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut since = domain.inner.clock.now();
    let mut looked = Instant::now();
    loop {
        ticks.tick().await;
        if looked.elapsed() > DEAF {
            since = domain.inner.clock.now();
        }
        if !domain.inner.lease.is_held() {
            looked = Instant::now();
            continue;
        }
        match look(&domain, since).await {
            Ok(()) => looked = Instant::now(),
            Err(error) => tracing::warn!(%error, "alerts could not be looked for"),
        }
    }
}

/// What one look sees.
struct View {
    now: DateTime<Utc>,
    since: DateTime<Utc>,
    fleet: Fleet,
    open: Vec<alert::Model>,
}

async fn look(domain: &Domain, since: DateTime<Utc>) -> Result<()> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let transaction = inner.database.read().await?;
    let fleet = watched::read(&transaction).await?;
    let open = record::open_ones(&transaction).await?;
    let mutes = query::mutes(&transaction, now).await?;
    drop(transaction);
    let view = View {
        now,
        since,
        fleet,
        open,
    };
    let (mut opened, closed) = (view.opened(), view.closed());
    if opened.is_empty() && closed.is_empty() {
        return Ok(());
    }
    for opening in &mut opened {
        opening.is_muted = opening.site.is_some_and(|site| mutes.contains_key(&site));
    }
    let transaction = inner.database.write().await?;
    for row in closed {
        record::close(domain, &transaction, row.clone()).await?;
    }
    for opening in opened {
        record::open(domain, &transaction, opening).await?;
    }
    transaction.commit().await?;
    inner.bus.publish(Event::AlertsChanged);
    Ok(())
}

impl View {
    /// What begins.
    fn opened(&self) -> Vec<Opening> {
        let mut opened = self.silences();
        for site in self.sites().filter(|site| site.is_online()) {
            for (limit, figure) in site.figures() {
                if let Some(figure) = limit.exceeded(figure)
                    && !self.is_open(limit.kind, site.id)
                {
                    opened.push(Opening::of_site(limit.kind, site.id, &site.name, figure));
                }
            }
        }
        opened
    }

    /// Sites that were silent for too long; one alert for those that fell silent together.
    fn silences(&self) -> Vec<Opening> {
        let silent: Vec<_> = self.silent().collect();
        let fleet = self.fleet.size - silent_for(&silent, self.now - FORGOTTEN);
        let mut covered = self.covered();
        let mut opened = Vec::new();
        for site in self.sites().filter(|site| self.is_due(site)) {
            if covered.contains(&site.id) || self.is_open(AlertKind::SiteOffline, site.id) {
                continue;
            }
            let seen = site.last_seen.unwrap_or(self.since);
            // A second outage on our side waits for the end of the first.
            let is_alone = self.open.iter().any(is_fleet);
            match fleet::together(seen, &silent, fleet).filter(|_| !is_alone) {
                Some(together) => {
                    opened.push(of_fleet(&together));
                    covered.extend(together);
                }
                None => opened.push(Opening::of_site(
                    AlertKind::SiteOffline,
                    site.id,
                    &site.name,
                    0,
                )),
            }
        }
        opened
    }

    /// What has ended.
    fn closed(&self) -> Vec<&alert::Model> {
        self.open.iter().filter(|row| self.is_over(row)).collect()
    }

    fn is_over(&self, row: &alert::Model) -> bool {
        // One that is not seen is well, or was closed: it is nobody's concern any more.
        let site = row.site_id.and_then(|site| self.fleet.sites.get(&site));
        match AlertKind::from_column(&row.kind) {
            AlertKind::SiteOffline => site.is_none_or(Watched::is_online),
            AlertKind::Fleet => {
                let sites = sites_of(row);
                let still = self.silent().filter(|(site, _)| sites.contains(site));
                !fleet::is_ours(still.count(), self.fleet.size)
            }
            kind @ (AlertKind::Temperature | AlertKind::Disk) => site.is_none_or(|site| {
                let mut figures = site.figures().into_iter();
                figures.any(|(limit, figure)| limit.kind == kind && limit.is_well(figure))
            }),
            AlertKind::Errors | AlertKind::Panic => failures::is_over(row, self.now),
            AlertKind::Dependency | AlertKind::Other => false,
        }
    }

    /// Sites that there may be something to tell of.
    fn sites(&self) -> impl Iterator<Item = &Watched> {
        self.fleet.sites.values()
    }

    /// Sites that are offline, and when they were last heard of.
    fn silent(&self) -> impl Iterator<Item = (Uuid, DateTime<Utc>)> {
        let silent = self.sites().filter(|site| !site.is_online());
        silent.filter_map(|site| Some((site.id, site.last_seen?)))
    }

    /// Whether a site was silent for longer than tolerated, while it was expected and we listened.
    fn is_due(&self, site: &Watched) -> bool {
        let heard = site
            .last_seen
            .map_or(self.since, |seen| seen.max(self.since));
        let patience = TimeDelta::from_std(OFFLINE_AFTER).unwrap_or_default() + TOLERANCE;
        let begun = self.now - patience;
        let hours = site.expected_hours();
        let zone = site.time_zone.parse().unwrap_or(Tz::UTC);
        let is_expected = |at| telemetry::is_expected(&hours, zone, at);
        !site.is_online() && heard <= begun && is_expected(begun) && is_expected(self.now)
    }

    fn is_open(&self, kind: AlertKind, site: Uuid) -> bool {
        let is_it = |row: &alert::Model| row.kind == kind.as_str() && row.site_id == Some(site);
        self.open.iter().any(is_it)
    }

    /// Sites of which an alert of many tells.
    fn covered(&self) -> HashSet<Uuid> {
        let fleets = self
            .open
            .iter()
            .filter(|row| is_fleet(row) && !self.is_over(row));
        fleets.flat_map(sites_of).collect()
    }
}

fn of_fleet(sites: &[Uuid]) -> Opening {
    Opening {
        kind: AlertKind::Fleet,
        object: String::new(),
        site: None,
        name: String::new(),
        figures: json!({ FIGURE: sites.len(), SITES: sites }),
        is_muted: false,
    }
}

fn is_fleet(row: &alert::Model) -> bool {
    row.kind == AlertKind::Fleet.as_str()
}

fn sites_of(row: &alert::Model) -> Vec<Uuid> {
    let sites = row.figures.get(SITES).cloned();
    sites
        .and_then(|sites| serde_json::from_value(sites).ok())
        .unwrap_or_default()
}

/// How many were silent since before `limit`.
fn silent_for(silent: &[(Uuid, DateTime<Utc>)], limit: DateTime<Utc>) -> usize {
    silent.iter().filter(|(_, seen)| *seen < limit).count()
}
