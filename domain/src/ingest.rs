//! Reports wait in memory and reach the database together: players report far more often than
//! anybody can look, and each newer report of a site makes the one before worthless.

mod reports;
mod write;

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::{Domain, Result, site, telemetry};

pub(crate) use reports::{Received, Reports};

/// Reports are written this often. What is shown of a site is as old as that, and a crash of the
/// server loses no more; players report again.
const INTERVAL: Duration = Duration::from_secs(1);

/// Writes reports and notices silence until the domain closes; then writes what is left.
///
/// One task does both, in this order: a site is never said to be silent whose report waits.
pub(crate) async fn run(domain: Domain, mut silence: site::offline::Watch) {
    let stop = domain.inner.stop.clone();
    let mut figures = telemetry::Turn::default();
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(error) = step(&domain, &mut silence, &mut figures).await {
            tracing::warn!(%error, "reports wait: the database does not take them");
        }
    }
    let last = async {
        flush(&domain).await?;
        telemetry::flush(&domain).await
    };
    if let Err(error) = last.await {
        tracing::error!(%error, "the last reports were not written");
    }
}

async fn step(
    domain: &Domain,
    silence: &mut site::offline::Watch,
    figures: &mut telemetry::Turn,
) -> Result<()> {
    flush(domain).await?;
    silence.look(domain).await?;
    figures.flush_when_due(domain).await
}

/// Writes what waits; a failure leaves it for the next time.
async fn flush(domain: &Domain) -> Result<()> {
    let inner = &domain.inner;
    let reports = inner.reports.take();
    if reports.is_empty() {
        return Ok(());
    }
    if let Err(error) = write::store(domain, &reports).await {
        inner.reports.put_back(reports);
        return Err(error);
    }
    for event in inner.reports.stored(reports) {
        inner.bus.publish(event);
    }
    Ok(())
}
