//! Removes what has ended.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::throttle;
use crate::entity::{enrolment, password_reset, session};
use crate::{Domain, Result};

/// Between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_mins(10);
/// An ended enrolment still answers its player for this long.
const ENROLMENT_KEPT: TimeDelta = TimeDelta::days(1);
/// Resets are counted for an hour.
const RESET_KEPT: TimeDelta = TimeDelta::days(1);

pub(crate) async fn tidy(domain: &Domain) -> Result<()> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    inner.database.prepare_months(now.date_naive()).await?;
    let transaction = inner.database.write().await?;
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(now))
        .exec(&transaction)
        .await?;
    enrolment::Entity::delete_many()
        .filter(enrolment::Column::ExpiresAt.lte(now - ENROLMENT_KEPT))
        .exec(&transaction)
        .await?;
    password_reset::Entity::delete_many()
        .filter(password_reset::Column::ExpiresAt.lte(now - RESET_KEPT))
        .exec(&transaction)
        .await?;
    throttle::clean(&transaction, now).await?;
    transaction.commit().await?;
    Ok(())
}
