//! Linked screens: tokens, desired state, reports, files.

use std::sync::Arc;

use api::hash::FileHash;
use api::player::{Challenge, ChallengeRequest, PlayerToken, Report, ReportAnswer, TokenRequest};
use bytes::Bytes;

use crate::storage::StoredFile;
use crate::{Actor, Domain, Result};

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

impl Players<'_> {
    /// Something to sign. Stateless; unknown keys get one too.
    pub fn challenge(&self, request: &ChallengeRequest) -> Challenge {
        let _ = request;
        todo!()
    }

    /// A token for a player that signed its challenge for one of this server's origins.
    pub async fn token(&self, request: TokenRequest) -> Result<PlayerToken> {
        let _ = request;
        todo!()
    }

    /// Who a player's token stands for; served from memory, revoked within 5 s.
    pub async fn authenticate(&self, token: &str) -> Result<Actor> {
        let _ = token;
        todo!()
    }

    /// The desired state of the player's site, from memory unless it changed.
    pub async fn state(&self, actor: &Actor) -> Result<Arc<StoredState>> {
        let _ = actor;
        todo!()
    }

    /// Takes note of how the player is.
    pub async fn report(&self, actor: &Actor, report: Report) -> Result<ReportAnswer> {
        let _ = (actor, report);
        todo!()
    }

    /// A file of the current or the previous manifest of the player's site.
    pub async fn file(&self, actor: &Actor, sha256: FileHash) -> Result<StoredFile> {
        let _ = (actor, sha256);
        todo!()
    }
}
