//! Tells when the server loses what it needs, and when that is back.

use std::collections::BTreeMap;
use std::time::Duration;

use api::alert::AlertKind;
use api::event::Event;
use api::health::Dependency;
use api::message::Channel;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tokio::time::MissedTickBehavior;

use super::record::{self, Opening};
use super::words;
use crate::entity::alert;
use crate::message::outbox;
use crate::{Domain, Result};

/// Between two looks.
const INTERVAL: Duration = Duration::from_secs(10);
/// What is back sooner was not lost.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// Since when what does not answer.
#[derive(Default)]
struct Lost {
    since: BTreeMap<&'static str, DateTime<Utc>>,
    /// The loss of the database, which cannot be written down, was told.
    database: Option<alert::Model>,
    /// Whether this instance led when the database was last there.
    led: bool,
}

/// Looks for ever.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut lost = Lost::default();
    loop {
        ticks.tick().await;
        if let Err(error) = lost.look(&domain).await {
            tracing::warn!(%error, "what the server lost could not be written down");
        }
    }
}

impl Lost {
    async fn look(&mut self, domain: &Domain) -> Result<()> {
        let failing = domain.health().await.failing;
        let now = domain.inner.clock.now();
        let names: Vec<_> = failing.iter().map(|lost| name(*lost)).collect();
        self.since.retain(|name, _| names.contains(name));
        for name in &names {
            self.since.entry(name).or_insert(now);
        }
        let is_lost = |since: &DateTime<Utc>| now - *since >= PATIENCE;
        if failing.contains(&Dependency::Database) {
            if self.led
                && self.database.is_none()
                && self.since.get("database").is_some_and(is_lost)
            {
                self.tell_of_database(domain, now).await;
            }
            return Ok(());
        }
        if let Some(row) = self.database.take() {
            let end = words::end(&row, now - row.opened_at);
            say(domain, &end).await;
        }
        self.led = domain.inner.lease.is_held();
        if !self.led {
            return Ok(());
        }
        let lost = self.since.iter().filter(|(_, since)| is_lost(since));
        let lost: Vec<_> = lost.map(|(name, _)| *name).collect();
        write(domain, &lost, &names).await
    }

    /// The outbox is in the database: without it, Slack is told from memory.
    async fn tell_of_database(&mut self, domain: &Domain, now: DateTime<Utc>) {
        let row = alert::Model {
            id: uuid::Uuid::now_v7(),
            kind: AlertKind::Dependency.as_str().to_owned(),
            object: "database".to_owned(),
            site_id: None,
            name: "database".to_owned(),
            figures: json!({}),
            announced: true,
            opened_at: now,
            closed_at: None,
            acknowledged_at: None,
            acknowledged_by: None,
        };
        say(domain, &words::beginning(&row)).await;
        self.database = Some(row);
    }
}

async fn say(domain: &Domain, content: &crate::message::content::Content) {
    if let Err(failure) = outbox::send(domain, Channel::Slack, "", content).await {
        tracing::warn!(?failure, "Slack could not be told of the database");
    }
}

/// Opens an alert for each that is lost, and closes those of what answers.
async fn write(domain: &Domain, lost: &[&str], failing: &[&str]) -> Result<()> {
    let transaction = domain.inner.database.read().await?;
    let open = record::open_ones(&transaction).await?;
    drop(transaction);
    let mut open = open;
    open.retain(|row| row.kind == AlertKind::Dependency.as_str());
    let is_new = |name: &&&str| !open.iter().any(|row| row.object == ***name);
    let opened: Vec<_> = lost.iter().filter(is_new).copied().collect();
    let closed: Vec<_> = open
        .iter()
        .filter(|row| !failing.contains(&row.object.as_str()))
        .cloned()
        .collect();
    if opened.is_empty() && closed.is_empty() {
        return Ok(());
    }
    let transaction = domain.inner.database.write().await?;
    for name in opened {
        let opening = Opening {
            kind: AlertKind::Dependency,
            object: name.to_owned(),
            site: None,
            name: name.to_owned(),
            figures: json!({}),
            is_muted: false,
        };
        record::open(domain, &transaction, opening).await?;
    }
    for row in closed {
        record::close(domain, &transaction, row).await?;
    }
    transaction.commit().await?;
    domain.inner.bus.publish(Event::AlertsChanged);
    Ok(())
}

fn name(dependency: Dependency) -> &'static str {
    match dependency {
        Dependency::Database => "database",
        Dependency::Storage => "storage",
        Dependency::Redis => "redis",
    }
}
