//! How the machines behind the TVs are, over time.
//!
//! Figures of reports are added up in memory, and every minute added to two rows of `health`: the
//! quarter of an hour, kept for three days, and the hour, kept for two months. Sums can be added in
//! any order and by any instance; days are made of hours when they are shown. What a site holds is
//! bounded: at most 288 rows of quarters and 1 488 of hours.

mod availability;
mod holiday;
mod memory;
mod points;
mod query;
pub(crate) mod retention;
mod store;
mod sums;

use std::time::Duration;

use api::id::SiteId;
use api::permission::Permission;
use api::telemetry::{HealthFilter, SiteHealth};
use chrono::TimeDelta;

use crate::{Actor, Domain, Result};

pub(crate) use availability::is_expected;
pub(crate) use memory::Memory;
pub(crate) use store::{Turn, flush};

/// Figures are written this often; a crash of the server loses no more of them.
const FLUSH: Duration = Duration::from_mins(1);
/// The finer rows.
const QUARTER: TimeDelta = TimeDelta::minutes(15);
/// The coarser rows.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// How the machines behind the TVs are.
pub struct Telemetry<'a>(pub(crate) &'a Domain);

impl Telemetry<'_> {
    /// How the machine of a site was over a period, and whether it reported when it was expected to.
    pub async fn health(
        &self,
        actor: &Actor,
        site: SiteId,
        filter: HealthFilter,
    ) -> Result<SiteHealth> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        query::health(&transaction, site, filter.period, self.0.inner.clock.now()).await
    }
}
