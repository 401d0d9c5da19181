//! Short-lived tokens of players.

use api::error::{ApiError, ErrorCode};
use api::id::{BootId, SiteId};
use api::key::KeyState;
use api::limit::PLAYER_TOKEN_LIFE;
use api::player::{PlayerToken, TokenRequest};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{PublicKey, challenge};
use crate::entity::player;
use crate::keys::Audience;
use crate::{Actor, Domain, Error, Result, linked_key};

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
    boot: BootId,
    /// Seconds since 1970.
    pub(super) ends_at: i64,
}

impl Holder {
    fn of(body: Body, ends_at: i64) -> Self {
        Self {
            site: body.sub,
            key_id: body.key_id,
            boot: body.boot,
            ends_at,
        }
    }

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

/// Gives a token for a signed challenge. Every refusal looks the same, except to the holder of a
/// revoked key. The first token of an accepted key makes its box the site's screen.
pub(super) async fn issue(domain: &Domain, request: TokenRequest) -> Result<PlayerToken> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    if !challenge::recognise(&inner.keys, &request.nonce, &request.key_id, now) {
        return Err(refused());
    }
    let known_at = known_at(domain);
    let Some(row) = linked_key::usable(domain, &request.key_id).await? else {
        return Err(unusable(domain, &request).await?);
    };
    if !is_signed(domain, &row.public_key, &request) {
        return Err(refused());
    }
    let site = SiteId(row.site_id);
    if row.state == KeyState::Pending.as_str() {
        linked_key::take_over(domain, site, &row.key_id).await?;
    }
    linked_key::boot::look(domain, &row, request.boot_id).await?;
    let body = Body {
        sub: site,
        key_id: row.key_id.clone(),
        jti: Uuid::new_v4(),
        boot: request.boot_id,
    };
    let holder = Holder::of(body.clone(), (now + PLAYER_TOKEN_LIFE).timestamp());
    let token = inner
        .keys
        .sign(Audience::Player, body, now, PLAYER_TOKEN_LIFE)?;
    if is_current(&row, site) {
        // Its first use need not ask again.
        let players = &inner.players;
        players.remember_holder(name(&token), holder, known_at, now);
    }
    Ok(PlayerToken {
        token,
        expires_in_s: PLAYER_TOKEN_LIFE.as_secs(),
        site_id: site,
        server_time: now,
    })
}

/// SHA-256 of a token: what this instance remembers of it.
fn name(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// How often a key or a site changed.
fn known_at(domain: &Domain) -> i64 {
    let changes = &domain.inner.changes;
    changes.version("players") + changes.version("sites")
}

fn is_signed(domain: &Domain, public_key: &str, request: &TokenRequest) -> bool {
    let Some(key) = PublicKey::parse(public_key) else {
        return false;
    };
    domain.inner.settings.origins.iter().any(|origin| {
        let text = TokenRequest::signed_text(origin, &request.nonce);
        key.signed(&text, &request.signature)
    })
}

/// Why a key gets no token. Who holds a revoked one learns that it needs another.
async fn unusable(domain: &Domain, request: &TokenRequest) -> Result<Error> {
    let transaction = domain.inner.database.read().await?;
    let revoked = linked_key::is_revoked(&transaction, &request.key_id).await?;
    let told = revoked.is_some_and(|public_key| is_signed(domain, &public_key, request));
    let refusal = ApiError::new(ErrorCode::PlayerRefused);
    Ok(if told {
        refusal.with_field("key_id", ErrorCode::KeyRevoked).into()
    } else {
        refusal.into()
    })
}

/// Who `token` stands for: from memory, unless keys or sites changed since it was last looked up.
pub(super) async fn authenticate(domain: &Domain, token: &str) -> Result<Actor> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let name = name(token);
    let known_at = known_at(domain);
    if let Some(holder) = inner.players.holder(&name, known_at, now) {
        linked_key::boot::meet(domain, &holder.key_id, holder.boot).await?;
        return Ok(holder.actor());
    }
    // Boxed: most requests never come here, and do not carry the room that it needs.
    let holder = Box::pin(look_up(domain, token, &name, known_at)).await?;
    Ok(holder.actor())
}

/// Who `token`, whose SHA-256 is `name`, stands for as the database knows it; remembered.
async fn look_up(domain: &Domain, token: &str, name: &[u8; 32], known_at: i64) -> Result<Holder> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let claims = inner
        .keys
        .verify::<Body>(Audience::Player, token, now)
        .ok_or_else(refused)?;
    let row = linked_key::usable(domain, &claims.body.key_id).await?;
    let Some(row) = row.filter(|row| is_current(row, claims.body.sub)) else {
        inner.players.forget_holder(name);
        return Err(refused());
    };
    linked_key::boot::look(domain, &row, claims.body.boot).await?;
    let holder = Holder::of(claims.body, claims.exp);
    inner
        .players
        .remember_holder(*name, holder.clone(), known_at, now);
    Ok(holder)
}

fn is_current(row: &player::Model, site: SiteId) -> bool {
    row.site_id == site.0 && row.state == KeyState::Current.as_str()
}
