//! What was kept long enough goes.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{EntityTrait, QueryFilter};

use super::store::seconds;
use super::{HOUR, QUARTER};
use crate::entity::{health, listening};
use crate::{Domain, Result};

/// Between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_hours(1);
/// Quarters of an hour are shown for a day.
const QUARTERS_KEPT: TimeDelta = TimeDelta::days(3);
/// Hours are shown for a month.
const HOURS_KEPT: TimeDelta = TimeDelta::days(62);

pub(crate) async fn remove(domain: &Domain) -> Result<()> {
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    for (step, kept) in [(QUARTER, QUARTERS_KEPT), (HOUR, HOURS_KEPT)] {
        health::Entity::delete_many()
            .filter(health::COLUMN.step_s.eq(seconds(step)))
            .filter(health::COLUMN.begins_at.lt(now - kept))
            .exec(&transaction)
            .await?;
    }
    listening::Entity::delete_many()
        .filter(listening::COLUMN.begins_at.lt(now - HOURS_KEPT))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
