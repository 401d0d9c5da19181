//! What runs beside the requests, from [`Domain::open`] to [`Domain::close`].

use std::future::Future;

use crate::{
    Domain, account, bus, changes, ingest, linked_key, play, redis, site, telemetry, upload,
};

/// Starts every job; each ends when the domain closes.
pub(crate) fn start(domain: &Domain, ear: Option<redis::Ear>) {
    if let Some(ear) = ear {
        spawn(domain, bus::relay::run(domain.clone(), ear));
    }
    spawn(domain, changes::run(domain.clone()));
    spawn(domain, account::epoch::run(domain.clone()));
    spawn(domain, account::housekeeping::run(domain.clone()));
    spawn(domain, linked_key::expiry::run(domain.clone()));
    spawn(domain, upload::collect::run(domain.clone()));
    spawn(domain, telemetry::retention::run(domain.clone()));
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
