//! Sessions: rows, named by a signed token.

use std::collections::HashMap;

use api::account::Account;
use api::error::ErrorCode;
use api::id::{SessionId, UserId};
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{NewSession, own, person};
use crate::audit::{self, Entry};
use crate::entity::{session, user};
use crate::keys::Audience;
use crate::{Actor, Client, Domain, Error, Result};

/// A session is looked up again after this long: the oldest that a permission may be.
const FRESH: TimeDelta = TimeDelta::seconds(2);
/// Most sessions remembered.
const REMEMBERED: usize = 10_000;
/// Longest part kept of what a browser calls itself.
const USER_AGENT_CHARACTERS: usize = 300;

/// The token's own content.
#[derive(Debug, Deserialize, Serialize)]
struct Body {
    sid: SessionId,
}

/// Who the last requests came from.
#[derive(Default)]
pub(crate) struct Cache {
    known: Mutex<HashMap<SessionId, Known>>,
}

#[derive(Clone)]
struct Known {
    actor: Actor,
    looked_up_at: DateTime<Utc>,
}

impl Cache {
    fn get(&self, id: SessionId, now: DateTime<Utc>) -> Option<Actor> {
        let known = self.known.lock();
        let known = known.get(&id)?;
        // Either way: a clock that was set back must not make an entry live for ever.
        let age = (now - known.looked_up_at).abs();
        (age < FRESH).then(|| known.actor.clone())
    }

    fn put(&self, id: SessionId, actor: Actor, now: DateTime<Utc>) {
        let mut known = self.known.lock();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(
            id,
            Known {
                actor,
                looked_up_at: now,
            },
        );
    }

    fn forget(&self, id: SessionId) {
        self.known.lock().remove(&id);
    }

    /// The next request of each session is looked up anew.
    pub(super) fn forget_all(&self) {
        self.known.lock().clear();
    }
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
    if let Some(actor) = inner.sessions.get(id, now) {
        return Ok(actor);
    }
    let transaction = inner.database.read().await?;
    let Some((actor, row)) = look_up(&transaction, id, now).await? else {
        inner.sessions.forget(id);
        return Err(refusal());
    };
    drop(transaction);
    inner.sessions.put(id, actor.clone(), now);
    if let Err(error) = own::note_use(domain, &row).await {
        tracing::warn!(%error, "the use of a session was not noted");
    }
    Ok(actor)
}

async fn look_up(
    transaction: &impl ConnectionTrait,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<Option<(Actor, session::Model)>, DbErr> {
    let Some(session) = session::Entity::find_by_id(id.0).one(transaction).await? else {
        return Ok(None);
    };
    let user = user::Entity::find_by_id(session.user_id)
        .one(transaction)
        .await?;
    let open = session.expires_at > now;
    let account = user.filter(|user| open && user.is_active);
    let account = account.as_ref().and_then(person::account);
    Ok(account.map(|account| (actor(&account, id), session)))
}

fn actor(account: &Account, session: SessionId) -> Actor {
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
    inner.sessions.forget(*session);
    Ok(())
}
