//! A session as tokens, for browsers that keep no cookie of another site: a short one that opens, and
//! one that is good once for the next two (refresh token rotation, RFC 9700, 4.14.2).

use api::account::Tokens;
use api::error::ErrorCode;
use api::id::SessionId;
use api::limit::ACCESS_TOKEN_LIFE;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{NewSession, session};
use crate::audit::{self, Entry};
use crate::database::Transaction;
use crate::entity;
use crate::keys::Audience;
use crate::{Actor, Domain, Error, Result};

/// The answer with the next tokens may be lost, or asked for by two tabs at once: for this long the
/// token before is still good for them.
const AGAIN: TimeDelta = TimeDelta::seconds(60);

/// What a refresh token says.
#[derive(Debug, Deserialize, Serialize)]
struct Body {
    sid: SessionId,
    /// How many came before it.
    turn: i32,
}

/// The tokens that a session begins with.
pub(super) fn first(domain: &Domain, session: &NewSession) -> Result<Tokens> {
    issue(domain, session.id, 0, session.expires_at)
}

fn issue(domain: &Domain, sid: SessionId, turn: i32, expires_at: DateTime<Utc>) -> Result<Tokens> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let left = (expires_at - now).to_std().unwrap_or_default();
    let life = ACCESS_TOKEN_LIFE.min(left);
    let opens = session::Body { sid };
    let next = Body { sid, turn };
    Ok(Tokens {
        access_token: inner.keys.sign(Audience::Dashboard, opens, now, life)?,
        expires_in_s: life.as_secs(),
        refresh_token: inner.keys.sign(Audience::Refresh, next, now, left)?,
    })
}

/// Where a refresh token stands among those of its session.
enum Turn {
    /// It is the one that is good.
    Current,
    /// The one before; its answer may have been lost.
    JustUsed,
    /// It was used long ago.
    Old,
}

pub(super) async fn refresh(domain: &Domain, token: &str) -> Result<Tokens> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let refusal = || Error::refused(ErrorCode::Unauthenticated);
    let claims = inner.keys.verify::<Body>(Audience::Refresh, token, now);
    let Body { sid, turn } = claims.ok_or_else(refusal)?.body;
    let transaction = inner.database.write().await?;
    let Some((account, row)) = session::look_up(&transaction, sid, now).await? else {
        return Err(refusal());
    };
    let expires_at = row.expires_at;
    let turn = match standing(&row, turn, now) {
        Turn::Current => {
            let mut next: entity::session::ActiveModel = row.into();
            next.refreshes = Set(turn + 1);
            next.refreshed_at = Set(Some(now));
            next.update(&transaction).await?;
            transaction.commit().await?;
            turn + 1
        }
        Turn::JustUsed => row.refreshes,
        Turn::Old => {
            tracing::warn!(user.id = %account.id, "a used refresh token came back: its session is ended");
            end_reused(domain, transaction, &session::actor(&account, sid), sid).await?;
            return Err(refusal());
        }
    };
    issue(domain, sid, turn, expires_at)
}

fn standing(row: &entity::session::Model, turn: i32, now: DateTime<Utc>) -> Turn {
    let is_fresh = row.refreshed_at.is_some_and(|at| now - at < AGAIN);
    match row.refreshes - turn {
        0 => Turn::Current,
        1 if is_fresh => Turn::JustUsed,
        _ => Turn::Old,
    }
}

/// Whoever holds the other tokens of the session is shut out too: one of the two is a thief.
async fn end_reused(
    domain: &Domain,
    transaction: Transaction,
    actor: &Actor,
    sid: SessionId,
) -> Result<()> {
    entity::session::Entity::delete_by_id(sid.0)
        .exec(&transaction)
        .await?;
    let entry = Entry {
        actor,
        action: "session.end",
        object: Some(sid.0),
        details: serde_json::json!({ "reason": "refresh_token_reused" }),
    };
    audit::record(&transaction, &domain.inner.clock, entry).await?;
    transaction.commit().await?;
    session::ended(domain).await;
    Ok(())
}
