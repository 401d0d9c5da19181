//! What ends by itself: the days to put a box back, a copy that nobody sees any more.

use std::time::Duration;

use api::key::{KeyEventKind, KeyState};
use api::limit::{KEY_RESTORABLE, PAIRING_LIFE};
use chrono::TimeDelta;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Value};

use super::history::{self, Happening};
use super::row;
use crate::entity::{player, site};
use crate::{Actor, Domain, Result};

/// Between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_mins(1);
/// A copy that was not seen for this long is resolved: one of the boxes is gone.
const CLONE_FORGOTTEN: TimeDelta = TimeDelta::hours(24);

/// Removes keys that can no longer be put back, and proposals that nobody accepted.
pub(crate) async fn expire(domain: &Domain) -> Result<()> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let before = |life: Duration| now - TimeDelta::from_std(life).unwrap_or(TimeDelta::MAX);
    let retired = Condition::all()
        .add(player::Column::State.eq(KeyState::Retiring.as_str()))
        .add(player::Column::RetiredAt.lte(before(KEY_RESTORABLE)));
    let proposed = Condition::all()
        .add(player::Column::State.eq(KeyState::Pending.as_str()))
        .add(player::Column::IsAccepted.eq(false))
        .add(player::Column::AcceptedAt.lte(before(PAIRING_LIFE)));
    let transaction = inner.database.write().await?;
    let ended = player::Entity::find()
        .filter(Condition::any().add(retired).add(proposed))
        .all(&transaction)
        .await?;
    for key in ended {
        row::delete(&transaction, &key.key_id).await?;
        let happening = Happening::of(KeyEventKind::Expired, &key);
        history::record(&transaction, &inner.clock, &Actor::System, happening).await?;
    }
    let nothing = Expr::value(Value::ChronoDateTimeUtc(None));
    site::Entity::update_many()
        .col_expr(site::Column::CloneSeenAt, nothing)
        .filter(site::Column::CloneSeenAt.lt(now - CLONE_FORGOTTEN))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
