//! Sessions: rows, named by a signed token.

use api::account::Account;
use api::error::ErrorCode;
use api::id::{SessionId, UserId};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::cache::Known;
use super::{NewSession, cache, own, person};
use crate::audit::{self, Entry};
use crate::entity::{session, user};
use crate::keys::Audience;
use crate::{Actor, Client, Domain, Error, Result};

/// Longest part kept of what a browser calls itself.
const USER_AGENT_CHARACTERS: usize = 300;

/// The token's own content.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Body {
    pub(super) sid: SessionId,
}

/// Writes a session and its audit entry, and signs its token.
pub(super) async fn open(
    transaction: &impl ConnectionTrait,
    domain: &Domain,
    account: Account,
    client: &Client,
) -> Result<NewSession> {
    let inner = &domain.inner;
    let life = inner.settings.session_life;
    let now = inner.clock.now();
    let expires_at = now + TimeDelta::from_std(life).unwrap_or(TimeDelta::MAX);
    let id = SessionId::new();
    let user_agent = client.user_agent.as_deref();
    let row = session::ActiveModel {
        id: Set(id.0),
        user_id: Set(account.id.0),
        created_at: Set(now),
        expires_at: Set(expires_at),
        address: Set(client.address.to_string()),
        user_agent: Set(user_agent.map(|text| text.chars().take(USER_AGENT_CHARACTERS).collect())),
        ..Default::default()
    };
    session::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    let actor = actor(&account, id);
    let entry = Entry {
        actor: &actor,
        action: "session.open",
        object: Some(id.0),
        details: serde_json::json!({ "address": client.address }),
    };
    audit::record(transaction, &inner.clock, entry).await?;
    let token = inner
        .keys
        .sign(Audience::Dashboard, Body { sid: id }, now, life)?;
    Ok(NewSession {
        id,
        token: token.into(),
        account,
        expires_at,
    })
}

pub(super) async fn authenticate(domain: &Domain, token: &str) -> Result<Actor> {
    let inner = &domain.inner;
    let refusal = || Error::refused(ErrorCode::Unauthenticated);
    let now = inner.clock.now();
    let claims = inner.keys.verify::<Body>(Audience::Dashboard, token, now);
    let id = claims.ok_or_else(refusal)?.body.sid;
    let at = cache::version(domain);
    let known = inner.sessions.get(id, at, now);
    // Who does not hear of changes asks the database each time.
    if let Some(known) = known.filter(|_| inner.changes.are_heard()) {
        return Ok(known.actor(id));
    }
    // Boxed: most requests never come here, and do not carry the room that it needs.
    let known = Box::pin(find(domain, id, at)).await?;
    inner.sessions.put(id, known.clone(), now);
    Ok(known.actor(id))
}

/// A session as Redis has it at hand, or as the database knows it.
async fn find(domain: &Domain, id: SessionId, at: i64) -> Result<Known> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let shared = cache::shared(domain, id, at).await?;
    if let Some(known) = shared.filter(|_| inner.changes.are_heard()) {
        return Ok(known);
    }
    let transaction = inner.database.read().await?;
    let Some((account, row)) = look_up(&transaction, id, now).await? else {
        inner.sessions.forget(id);
        return Err(Error::refused(ErrorCode::Unauthenticated));
    };
    drop(transaction);
    let known = Known {
        user: account.id,
        role: account.role,
        name: account.full_name,
        expires_at: row.expires_at,
        at,
    };
    cache::share(domain, id, &known).await;
    if let Err(error) = own::note_use(domain, &row).await {
        tracing::warn!(%error, "the use of a session was not noted");
    }
    Ok(known)
}

pub(super) async fn look_up(
    transaction: &impl ConnectionTrait,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<Option<(Account, session::Model)>, DbErr> {
    let Some(session) = session::Entity::find_by_id(id.0).one(transaction).await? else {
        return Ok(None);
    };
    let user = user::Entity::find_by_id(session.user_id)
        .one(transaction)
        .await?;
    let open = session.expires_at > now;
    let account = user.filter(|user| open && user.is_active);
    let account = account.as_ref().and_then(person::account);
    Ok(account.map(|account| (account, session)))
}

pub(super) fn actor(account: &Account, session: SessionId) -> Actor {
    Actor::Person {
        id: UserId(account.id.0),
        session,
        role: account.role,
        name: account.full_name.clone(),
    }
}

pub(super) async fn end(domain: &Domain, actor: &Actor) -> Result<()> {
    let Actor::Person { session, .. } = actor else {
        return Err(Error::refused(ErrorCode::Unauthenticated));
    };
    let inner = &domain.inner;
    let transaction = inner.database.write().await?;
    session::Entity::delete_by_id(session.0)
        .exec(&transaction)
        .await?;
    let entry = Entry {
        actor,
        action: "session.end",
        object: Some(session.0),
        details: serde_json::Value::Null,
    };
    audit::record(&transaction, &inner.clock, entry).await?;
    transaction.commit().await?;
    ended(domain).await;
    Ok(())
}

/// Call it after the commit of what ends sessions or changes who may what: nothing at hand is believed
/// any more, here at once and elsewhere within seconds.
pub(super) async fn ended(domain: &Domain) {
    let inner = &domain.inner;
    inner.sessions.forget_all();
    // Redis still has it at hand, at a count that is old from here on.
    if let Err(error) = inner.changes.refresh(&inner.database).await {
        tracing::warn!(%error, "changes could not be read");
    }
}
