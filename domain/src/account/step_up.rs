//! Step-up: the password again, within the session, before something dangerous.

use api::account::{StepUp, SteppedUp};
use api::error::{ApiError, ErrorCode};
use api::limit::STEP_UP_LIFE;
use api::permission::Permission;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::sign_in::{self, FLOOR};
use super::throttle;
use crate::audit::{self, Entry};
use crate::entity::session;
use crate::{Actor, Client, Domain, Error, Result, network};

/// Opens dangerous actions to the actor's session. Failures are throttled like sign-ins.
pub(super) async fn step_up(
    domain: &Domain,
    actor: &Actor,
    typed: StepUp,
    client: &Client,
) -> Result<SteppedUp> {
    let begun = Instant::now();
    let Actor::Person { id, session, .. } = actor else {
        return Err(Error::refused(ErrorCode::Unauthenticated));
    };
    let inner = &domain.inner;
    let email = domain.accounts().me(actor).await?.email;
    let network = network::of(client.address);
    let booking = throttle::book(&inner.database, &email, &network, inner.clock.now()).await?;
    let checked = sign_in::check(domain, &email, typed.password).await?;
    let rehash = match checked {
        Ok((account, rehash)) if account.id == *id => rehash,
        _ => {
            tracing::warn!(user.id = %id, client.network = network, "step-up refused");
            sleep_until(begun + FLOOR).await;
            let wrong = ApiError::new(ErrorCode::PasswordWrong);
            return Err(wrong
                .with_field("password", ErrorCode::PasswordWrong)
                .into());
        }
    };
    let now = inner.clock.now();
    let transaction = inner.database.write().await?;
    if let Some(rehash) = rehash {
        rehash.store(&transaction).await?;
    }
    booking.give_back(&transaction, now).await?;
    let columns = session::ActiveModel {
        step_up_at: Set(Some(now)),
        ..Default::default()
    };
    session::Entity::update_many()
        .set(columns)
        .filter(session::COLUMN.id.eq(session.0))
        .exec(&transaction)
        .await?;
    let entry = Entry {
        actor,
        action: "session.step_up",
        object: Some(session.0),
        details: Value::Null,
    };
    audit::record(&transaction, &inner.clock, entry).await?;
    transaction.commit().await?;
    Ok(SteppedUp { until: end(now) })
}

/// Refuses who has not typed the password again within [`STEP_UP_LIFE`]. For every verb that
/// does something dangerous, in the transaction of the change.
pub(crate) async fn require_step_up(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<()> {
    let session = match actor {
        Actor::Person { session, .. } => session,
        Actor::System => return Ok(()),
        Actor::Player { .. } => return Err(Error::Forbidden(Permission::PairPlayers)),
    };
    let row = session::Entity::find_by_id(session.0)
        .one(transaction)
        .await?;
    let stepped_up_at = row.and_then(|row| row.step_up_at);
    match stepped_up_at {
        Some(at) if end(at) > domain.inner.clock.now() => Ok(()),
        _ => Err(Error::refused(ErrorCode::StepUpRequired)),
    }
}

fn end(stepped_up_at: DateTime<Utc>) -> DateTime<Utc> {
    stepped_up_at + TimeDelta::from_std(STEP_UP_LIFE).unwrap_or(TimeDelta::zero())
}
