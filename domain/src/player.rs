//! Linked screens: tokens, desired state, reports, files.

mod challenge;
mod key;
mod memory;
mod report;
pub(crate) mod state;
mod token;

use std::sync::Arc;

use api::error::ErrorCode;
use api::hash::FileHash;
use api::permission::Permission;
use api::player::{Challenge, ChallengeRequest, PlayerToken, Report, ReportAnswer, TokenRequest};
use bytes::Bytes;
use sha2::{Digest, Sha256};

pub(crate) use key::PublicKey;
pub(crate) use memory::Memory;

use crate::storage::StoredFile;
use crate::{Actor, Domain, Error, Result};

/// Linked screens.
pub struct Players<'a>(pub(crate) &'a Domain);

/// The desired state as it is sent: canonical JSON bytes and their `ETag`.
#[derive(Debug)]
pub struct StoredState {
    /// Quoted, as in the header.
    pub etag: String,
    /// JSON of an [`api::player::DesiredState`].
    pub body: Bytes,
}

impl StoredState {
    fn of(body: Vec<u8>) -> Self {
        Self {
            etag: format!("\"{}\"", hex::encode(Sha256::digest(&body))),
            body: body.into(),
        }
    }
}

impl Players<'_> {
    /// Something to sign. Stateless; unknown keys get one too.
    pub fn challenge(&self, request: &ChallengeRequest) -> Challenge {
        let inner = &self.0.inner;
        let now = inner.clock.now();
        Challenge {
            nonce: challenge::issue(&inner.keys, &request.key_id, now),
            server_time: now,
        }
    }

    /// A token for a player that signed its challenge for one of this server's origins.
    pub async fn token(&self, request: TokenRequest) -> Result<PlayerToken> {
        token::issue(self.0, request).await
    }

    /// Who a player's token stands for; served from memory, revoked within 5 s.
    pub async fn authenticate(&self, token: &str) -> Result<Actor> {
        token::authenticate(self.0, token).await
    }

    /// The desired state of the player's site, from memory unless it changed.
    pub async fn state(&self, actor: &Actor) -> Result<Arc<StoredState>> {
        actor.require(Permission::RunSite)?;
        state::current(self.0, actor.site()?).await
    }

    /// Takes note of how the player is, in memory: it is written within seconds.
    pub async fn report(&self, actor: &Actor, report: Report) -> Result<ReportAnswer> {
        actor.require(Permission::RunSite)?;
        let Actor::Player { site, key_id } = actor else {
            return Err(Error::Forbidden(Permission::RunSite));
        };
        report::take(self.0, *site, key_id, report);
        Ok(ReportAnswer {
            etag: state::current(self.0, *site).await?.etag.clone(),
            server_time: self.0.inner.clock.now(),
        })
    }

    /// A file of the current or the previous manifest of the player's site.
    pub async fn file(&self, actor: &Actor, sha256: FileHash) -> Result<StoredFile> {
        actor.require(Permission::RunSite)?;
        let transaction = self.0.inner.database.read().await?;
        if !state::names_file(&transaction, actor.site()?, sha256).await? {
            return Err(Error::refused(ErrorCode::NotFound));
        }
        let stored = crate::video::stored(&transaction, sha256).await?;
        drop(transaction);
        stored.open(&self.0.inner.storage).await
    }
}
