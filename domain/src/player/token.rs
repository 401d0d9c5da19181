//! Short-lived tokens of players.

use api::error::ErrorCode;
use api::id::{BootId, SiteId};
use api::limit::PLAYER_TOKEN_LIFE;
use api::player::{PlayerToken, TokenRequest};
use sea_orm::{EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{PublicKey, challenge};
use crate::database::Transaction;
use crate::entity::{player, site};
use crate::keys::Audience;
use crate::{Actor, Domain, Error, Result};

/// What a token says beside its times.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Body {
    /// The site.
    sub: SiteId,
    /// Hexadecimal SHA-256 of the key that asked for it.
    key_id: String,
    /// Names this token.
    jti: Uuid,
    /// The run of the machine that asked for it.
    boot: BootId,
}

/// Who a token stands for.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) site: SiteId,
    pub(super) key_id: String,
    /// Seconds since 1970.
    pub(super) ends_at: i64,
}

impl Holder {
    fn actor(self) -> Actor {
        Actor::Player {
            site: self.site,
            key_id: self.key_id,
        }
    }
}

fn refused() -> Error {
    Error::refused(ErrorCode::PlayerRefused)
}

/// Gives a token for a signed challenge. Every refusal looks the same.
pub(super) async fn issue(domain: &Domain, request: TokenRequest) -> Result<PlayerToken> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    if !challenge::recognise(&inner.keys, &request.nonce, &request.key_id, now) {
        return Err(refused());
    }
    let transaction = inner.database.read().await?;
    let row = current_key(&transaction, &request.key_id).await?;
    let row = row.ok_or_else(refused)?;
    let key = PublicKey::parse(&row.public_key).ok_or_else(refused)?;
    let signed = inner.settings.origins.iter().any(|origin| {
        let text = TokenRequest::signed_text(origin, &request.nonce);
        key.signed(&text, &request.signature)
    });
    if !signed {
        return Err(refused());
    }
    let body = Body {
        sub: SiteId(row.site_id),
        key_id: row.key_id,
        jti: Uuid::new_v4(),
        boot: request.boot_id,
    };
    let token = inner
        .keys
        .sign(Audience::Player, body, now, PLAYER_TOKEN_LIFE)?;
    Ok(PlayerToken {
        token,
        expires_in_s: PLAYER_TOKEN_LIFE.as_secs(),
        site_id: SiteId(row.site_id),
        server_time: now,
    })
}

/// Who `token` stands for: from memory, unless keys or sites changed since it was last looked up.
pub(super) async fn authenticate(domain: &Domain, token: &str) -> Result<Actor> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let name: [u8; 32] = Sha256::digest(token).into();
    let known_at = inner.changes.version("players") + inner.changes.version("sites");
    if let Some(holder) = inner.players.holder(&name, known_at, now) {
        return Ok(holder.actor());
    }
    let claims = inner
        .keys
        .verify::<Body>(Audience::Player, token, now)
        .ok_or_else(refused)?;
    let transaction = inner.database.read().await?;
    let row = current_key(&transaction, &claims.body.key_id).await?;
    if row.is_none_or(|row| row.site_id != claims.body.sub.0) {
        inner.players.forget_holder(&name);
        return Err(refused());
    }
    let holder = Holder {
        site: claims.body.sub,
        key_id: claims.body.key_id,
        ends_at: claims.exp,
    };
    inner
        .players
        .remember_holder(name, holder.clone(), known_at, now);
    Ok(holder.actor())
}

/// The current key of an active site.
async fn current_key(transaction: &Transaction, key_id: &str) -> Result<Option<player::Model>> {
    let row = player::Entity::find()
        .filter(player::COLUMN.key_id.eq(key_id))
        .filter(player::COLUMN.state.eq("current"))
        .one(transaction)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let active = site::Entity::find_by_id(row.site_id)
        .filter(site::COLUMN.is_active.eq(true))
        .one(transaction)
        .await?
        .is_some();
    Ok(active.then_some(row))
}
