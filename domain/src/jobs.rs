//! What runs beside the requests, from [`Domain::open`] to [`Domain::close`].

use std::future::Future;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::{
    Domain, Result, account, alert, bus, changes, foreign, ingest, lease, linked_key, message,
    play, player, reconcile, redis, site, telemetry, upload,
};

/// Starts every job; each ends when the domain closes.
pub(crate) fn start(domain: &Domain, ear: Option<redis::Ear>) {
    if let Some(ear) = ear {
        spawn(domain, bus::relay::run(domain.clone(), ear));
    }
    spawn(domain, changes::run(domain.clone()));
    spawn(domain, player::state::follow::run(domain.clone()));
    spawn(domain, lease::run(domain.clone()));
    spawn(domain, account::epoch::run(domain.clone()));
    spawn(domain, alert::watch::run(domain.clone()));
    spawn(domain, alert::dependency::run(domain.clone()));
    spawn(domain, alert::failures::run(domain.clone()));
    spawn(domain, message::outbox::run(domain.clone()));
    spawn(domain, reconcile::run(domain.clone()));
    spawn(domain, foreign::import::run(domain.clone()));
    tidy(domain, message::retention::INTERVAL, |domain| async move {
        message::retention::remove(&domain).await
    });
    tidy(
        domain,
        account::housekeeping::INTERVAL,
        |domain| async move { account::housekeeping::tidy(&domain).await },
    );
    tidy(domain, linked_key::expiry::INTERVAL, |domain| async move {
        linked_key::expiry::expire(&domain).await
    });
    tidy(domain, upload::collect::INTERVAL, |domain| async move {
        upload::collect::collect(&domain).await
    });
    tidy(
        domain,
        telemetry::retention::INTERVAL,
        |domain| async move { telemetry::retention::remove(&domain).await },
    );
    // These write what waits in memory before they end.
    let silence = site::offline::Watch::new(&domain.inner.clock);
    domain
        .inner
        .jobs
        .spawn(ingest::run(domain.clone(), silence));
    domain.inner.jobs.spawn(play::write(domain.clone()));
}

fn spawn(domain: &Domain, job: impl Future<Output = ()> + Send + 'static) {
    let stop = domain.inner.stop.clone();
    domain.inner.jobs.spawn(async move {
        stop.run_until_cancelled(job).await;
    });
}

/// Does `work` at once and then every `interval`, while this instance leads.
fn tidy<F>(domain: &Domain, interval: Duration, work: fn(Domain) -> F)
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let job = domain.clone();
    spawn(domain, async move {
        let mut ticks = tokio::time::interval(interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if job.inner.lease.is_held()
                && let Err(error) = work(job.clone()).await
            {
                tracing::warn!(%error, "what ended could not be removed");
            }
        }
    });
}
