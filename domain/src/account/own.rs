//! What people do with their own sessions and password.

use api::account::{ChangePassword, OwnSession};
use api::error::ErrorCode;
use api::id::{SessionId, UserId};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{Condition, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use super::require_step_up;
use crate::audit::{self, Entry};
use crate::database::Transaction;
use crate::entity::{session, user};
use crate::{Actor, Domain, Error, Result};

/// The last use of a session is written when the one written is this old.
const USE_WRITTEN: TimeDelta = TimeDelta::minutes(5);

/// Which sessions of a person end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ended {
    One(SessionId),
    AllBut(SessionId),
}

fn person(actor: &Actor) -> Result<(UserId, SessionId)> {
    match actor {
        Actor::Person { id, session, .. } => Ok((*id, *session)),
        Actor::Player { .. } | Actor::System => Err(Error::refused(ErrorCode::Unauthenticated)),
    }
}

/// The open sessions of the actor, the last used first.
pub(super) async fn sessions(domain: &Domain, actor: &Actor) -> Result<Vec<OwnSession>> {
    let (id, current) = person(actor)?;
    let transaction = domain.inner.database.read().await?;
    let mut rows = session::Entity::find()
        .filter(session::COLUMN.user_id.eq(id.0))
        .filter(session::COLUMN.expires_at.gt(domain.inner.clock.now()))
        .order_by_desc(session::COLUMN.created_at)
        .all(&transaction)
        .await?;
    rows.sort_by_key(|row| std::cmp::Reverse(last_use(row)));
    let shown = |row: session::Model| OwnSession {
        id: SessionId(row.id),
        is_current: row.id == current.0,
        last_used_at: last_use(&row),
        opened_at: row.created_at,
        expires_at: row.expires_at,
        address: row.address,
        user_agent: row.user_agent,
    };
    Ok(rows.into_iter().map(shown).collect())
}

fn last_use(row: &session::Model) -> DateTime<Utc> {
    row.last_used_at.unwrap_or(row.created_at)
}

/// Ends sessions of the actor, and of nobody else.
pub(super) async fn end(domain: &Domain, actor: &Actor, ended: Ended) -> Result<()> {
    let (id, _) = person(actor)?;
    let transaction = domain.inner.database.write().await?;
    delete(domain, &transaction, actor, (id, ended)).await?;
    transaction.commit().await?;
    super::session::ended(domain).await;
    Ok(())
}

async fn delete(
    domain: &Domain,
    transaction: &Transaction,
    actor: &Actor,
    (user, ended): (UserId, Ended),
) -> Result<()> {
    let which = match ended {
        Ended::One(id) => session::COLUMN.id.eq(id.0),
        Ended::AllBut(id) => session::COLUMN.id.ne(id.0),
    };
    let outcome = session::Entity::delete_many()
        .filter(
            Condition::all()
                .add(session::COLUMN.user_id.eq(user.0))
                .add(which),
        )
        .exec(transaction)
        .await?;
    let object = match ended {
        Ended::One(_) if outcome.rows_affected == 0 => {
            return Err(Error::refused(ErrorCode::NotFound));
        }
        Ended::One(id) => Some(id.0),
        Ended::AllBut(_) => None,
    };
    let entry = Entry {
        actor,
        action: "session.end",
        object,
        details: json!({ "sessions": outcome.rows_affected }),
    };
    audit::record(transaction, &domain.inner.clock, entry).await?;
    Ok(())
}

/// Gives the actor another password and ends the other sessions. Asks for step-up.
pub(super) async fn change_password(
    domain: &Domain,
    actor: &Actor,
    change: ChangePassword,
) -> Result<()> {
    let (id, current) = person(actor)?;
    let change = change.validated()?;
    let inner = &domain.inner;
    let transaction = inner.database.read().await?;
    require_step_up(domain, &transaction, actor).await?;
    drop(transaction);
    let hash = inner.hashing.hash(change.password).await?;
    let transaction = inner.database.write().await?;
    require_step_up(domain, &transaction, actor).await?;
    let columns = user::ActiveModel {
        password_hash: Set(hash),
        updated_at: Set(inner.clock.now()),
        ..Default::default()
    };
    user::Entity::update_many()
        .set(columns)
        .filter(user::COLUMN.id.eq(id.0))
        .exec(&transaction)
        .await?;
    let entry = Entry {
        actor,
        action: "account.change_password",
        object: Some(id.0),
        details: json!({}),
    };
    audit::record(&transaction, &inner.clock, entry).await?;
    super::reset::end_open(&transaction, id, inner.clock.now()).await?;
    delete(domain, &transaction, actor, (id, Ended::AllBut(current))).await?;
    transaction.commit().await?;
    super::session::ended(domain).await;
    Ok(())
}

/// Writes that a session is in use, once in a while.
pub(super) async fn note_use(domain: &Domain, row: &session::Model) -> Result<()> {
    let now = domain.inner.clock.now();
    if now - last_use(row) < USE_WRITTEN {
        return Ok(());
    }
    let columns = session::ActiveModel {
        last_used_at: Set(Some(now)),
        ..Default::default()
    };
    let transaction = domain.inner.database.write().await?;
    session::Entity::update_many()
        .set(columns)
        .filter(session::COLUMN.id.eq(row.id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
