//! One instance leads: it alone tidies up and notices silence. It holds a lease that it renews; when
//! it is lost, another takes over as soon as the lease has lapsed.
//!
//! By the time of the machines, not by the product's clock. Machines whose clocks differ may lead
//! together for seconds: what a leader does may be done twice.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use parking_lot::Mutex;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set};
use tokio::time::{Instant, MissedTickBehavior};
use uuid::Uuid;

use crate::entity::installation::{ActiveModel, Column, Entity};
use crate::installation::ROW;
use crate::{Domain, Result};

/// How long a lease is good.
const LIFE: Duration = Duration::from_secs(30);
/// Between two renewals: two may fail.
const RENEWAL: Duration = Duration::from_secs(10);

/// Whether this instance leads.
#[derive(Debug)]
pub(crate) struct Lease {
    holder: Uuid,
    until: Mutex<Option<Instant>>,
}

impl Default for Lease {
    fn default() -> Self {
        Self {
            holder: Uuid::new_v4(),
            until: Mutex::default(),
        }
    }
}

impl Lease {
    /// Whether it does at this moment.
    pub(crate) fn is_held(&self) -> bool {
        self.until
            .lock()
            .is_some_and(|until| Instant::now() < until)
    }
}

/// Renews for ever, or waits for its turn.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(RENEWAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = renew(&domain).await {
            tracing::warn!(%error, "who leads is not known");
        }
    }
}

/// Takes the lease if nobody else holds it.
pub(crate) async fn renew(domain: &Domain) -> Result<()> {
    let lease = &domain.inner.lease;
    // From before the question: what is held here ends before it ends for the others.
    let (asked, now) = (Instant::now(), Utc::now());
    let mine = ActiveModel {
        leader: Set(Some(lease.holder)),
        leads_until: Set(Some(now + TimeDelta::from_std(LIFE).unwrap_or_default())),
        ..Default::default()
    };
    let is_free = Condition::any()
        .add(Column::Leader.eq(lease.holder))
        .add(Column::LeadsUntil.is_null())
        .add(Column::LeadsUntil.lt(now));
    let transaction = domain.inner.database.write().await?;
    let taken = Entity::update_many()
        .set(mine)
        .filter(Column::Id.eq(ROW))
        .filter(is_free)
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    let until = (taken.rows_affected > 0).then(|| asked + LIFE);
    if until.is_some() && !lease.is_held() {
        tracing::debug!("this instance leads");
    }
    *lease.until.lock() = until;
    Ok(())
}

/// Gives it back: another need not wait.
pub(crate) async fn release(domain: &Domain) -> Result<()> {
    let lease = &domain.inner.lease;
    *lease.until.lock() = None;
    let transaction = domain.inner.database.write().await?;
    Entity::update_many()
        .set(ActiveModel {
            leads_until: Set(None),
            ..Default::default()
        })
        .filter(Column::Leader.eq(lease.holder))
        .exec(&transaction)
        .await?;
    Ok(transaction.commit().await?)
}
