//! Tells when the server itself fails: many requests in a minute, or its own code.

use std::collections::{BTreeSet, VecDeque};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use api::alert::AlertKind;
use api::event::Event;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::{Value, json};
use tokio::time::MissedTickBehavior;

use super::record::{self, FIGURE, Opening};
use crate::entity::alert;
use crate::{Domain, Result};

/// Between two looks.
const INTERVAL: Duration = Duration::from_secs(2);
/// Looks that make up the minute that is judged.
const MINUTE: usize = 30;
/// A burst: so many failures in a minute, and one answer of so many.
const BURST: u64 = 10;
const ONE_OF: u64 = 20;
/// How long it has to be quiet before a burst is over.
const QUIET: TimeDelta = TimeDelta::minutes(10);
/// The same place in the code is told of again after this long.
const AGAIN: TimeDelta = TimeDelta::hours(1);
/// Most places that are remembered between two looks.
const PLACES: usize = 20;
/// Until when it goes on unless it happens again, in seconds since 1970, among an alert's figures.
const UNTIL: &str = "until";

/// What failed since the last look. A cheap handle: who answers and who crashes count into the same.
#[derive(Clone, Debug, Default)]
pub struct Failures(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    answers: AtomicU64,
    failed: AtomicU64,
    panics: Mutex<BTreeSet<String>>,
}

impl Failures {
    /// Counts an answer of the server.
    pub fn count(&self, is_failure: bool) {
        self.0.answers.fetch_add(1, Ordering::Relaxed);
        if is_failure {
            self.0.failed.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Notes that the code gave up at a place.
    pub fn note_panic(&self, place: &str) {
        let mut panics = self.0.panics.lock();
        if panics.len() < PLACES {
            panics.insert(place.to_owned());
        }
    }
}

/// Looks for ever, on every instance: each knows of its own failures only.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut minute = VecDeque::from([(0, 0); MINUTE]);
    loop {
        ticks.tick().await;
        let counts = &domain.inner.failures.0;
        let take = |count: &AtomicU64| count.swap(0, Ordering::Relaxed);
        minute.pop_front();
        let newest = (take(&counts.answers), take(&counts.failed));
        minute.push_back(newest);
        // It goes on as long as something fails: what was told of is not told again while it ages.
        let burst = burst(&minute).filter(|_| newest.1 > 0);
        let panics = mem::take(&mut *counts.panics.lock());
        if let Err(error) = tell(&domain, burst, panics).await {
            tracing::warn!(%error, "failures of the server could not be written down");
        }
    }
}

/// How many failed, where that is a burst.
fn burst(minute: &VecDeque<(u64, u64)>) -> Option<u64> {
    let answers: u64 = minute.iter().map(|(answers, _)| answers).sum();
    let failed: u64 = minute.iter().map(|(_, failed)| failed).sum();
    (failed >= BURST && failed * ONE_OF >= answers).then_some(failed)
}

async fn tell(domain: &Domain, burst: Option<u64>, panics: BTreeSet<String>) -> Result<()> {
    let burst = burst.map(|failed| (AlertKind::Errors, "requests".to_owned(), failed, QUIET));
    let panics = panics
        .into_iter()
        .map(|place| (AlertKind::Panic, place, 1, AGAIN));
    let told: Vec<_> = burst.into_iter().chain(panics).collect();
    if told.is_empty() {
        return Ok(());
    }
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    let open = record::open_ones(&transaction).await?;
    for (kind, object, figure, lasts) in told {
        let figures = json!({ FIGURE: figure, UNTIL: (now + lasts).timestamp() });
        let is_it = |row: &&alert::Model| row.kind == kind.as_str() && row.object == object;
        if let Some(row) = open.iter().find(is_it) {
            let mut row = row.clone().into_active_model();
            row.figures = Set(figures);
            row.update(&transaction).await?;
            continue;
        }
        let opening = Opening {
            kind,
            name: object.clone(),
            object,
            site: None,
            figures,
            is_muted: false,
        };
        record::open(domain, &transaction, opening).await?;
    }
    transaction.commit().await?;
    domain.inner.bus.publish(Event::AlertsChanged);
    Ok(())
}

/// Whether it has not happened again for long enough.
pub(super) fn is_over(row: &alert::Model, now: DateTime<Utc>) -> bool {
    let until = row.figures.get(UNTIL).and_then(Value::as_i64);
    until.is_none_or(|until| until <= now.timestamp())
}

#[cfg(test)]
mod tests {
    use super::{MINUTE, VecDeque, burst};

    #[test]
    fn a_burst_is_many_failures_and_not_few_among_many_answers() {
        let minute = |answers, failed| VecDeque::from([(answers, failed); MINUTE]);
        assert_eq!(burst(&minute(1, 1)), Some(30));
        assert_eq!(burst(&minute(100, 1)), None);
        assert_eq!(burst(&VecDeque::from([(9, 9)])), None);
    }
}
