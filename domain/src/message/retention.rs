//! What was sent, and what never was, is kept for a while.

use std::time::Duration;

use api::message::MessageState;
use chrono::TimeDelta;
use sea_orm::{EntityTrait, QueryFilter};

use crate::entity::{alert_mute, message};
use crate::{Domain, Result};

/// Between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_hours(1);
const KEPT: [(MessageState, TimeDelta); 2] = [
    (MessageState::Sent, TimeDelta::days(30)),
    (MessageState::Dead, TimeDelta::days(90)),
];

pub(crate) async fn remove(domain: &Domain) -> Result<()> {
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    for (state, kept) in KEPT {
        message::Entity::delete_many()
            .filter(message::COLUMN.state.eq(state.as_str()))
            .filter(message::COLUMN.settled_at.lt(now - kept))
            .exec(&transaction)
            .await?;
    }
    alert_mute::Entity::delete_many()
        .filter(alert_mute::COLUMN.until.lt(now))
        .exec(&transaction)
        .await?;
    Ok(transaction.commit().await?)
}
