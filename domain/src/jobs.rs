//! What runs beside the requests, from [`Domain::open`] to [`Domain::close`].

use std::future::Future;

use crate::{Domain, account, changes, linked_key, site, upload};

/// Starts every job; each ends when the domain closes.
pub(crate) fn start(domain: &Domain) {
    spawn(domain, changes::run(domain.clone()));
    spawn(domain, account::housekeeping::run(domain.clone()));
    spawn(domain, linked_key::expiry::run(domain.clone()));
    spawn(domain, site::offline::run(domain.clone()));
    spawn(domain, upload::collect::run(domain.clone()));
}

fn spawn(domain: &Domain, job: impl Future<Output = ()> + Send + 'static) {
    let stop = domain.inner.stop.clone();
    domain.inner.jobs.spawn(async move {
        stop.run_until_cancelled(job).await;
    });
}
