//! The bearer token: got by a signature, renewed before it ends.

use std::time::{Duration, Instant};

use api::path;
use api::player::{Challenge, ChallengeRequest, PlayerToken, TokenRequest};

use super::{Client, ClientError};

/// A token is renewed this long before its end: a download's request must not meet it.
const MARGIN: Duration = Duration::from_mins(1);

#[derive(Clone)]
pub(super) struct Token {
    pub(super) bearer: String,
    renew_at: Instant,
}

impl Client {
    /// Proves who this player is. A refused key is [`ClientError::PlayerRefused`],
    /// a revoked one [`ClientError::KeyRevoked`].
    pub(crate) async fn authenticate(&self) -> Result<PlayerToken, ClientError> {
        let mut held = self.token.lock().await;
        *held = None;
        let answer = self.ask_token().await?;
        *held = Some(Token::of(&answer));
        Ok(answer)
    }

    /// A token that is good for another while. `refused` is one that the server does not take.
    pub(super) async fn bearer(&self, refused: Option<&str>) -> Result<String, ClientError> {
        let mut held = self.token.lock().await;
        let usable = held.as_ref().filter(|token| {
            Instant::now() < token.renew_at && Some(token.bearer.as_str()) != refused
        });
        if let Some(token) = usable {
            return Ok(token.bearer.clone());
        }
        // Whether the key is only refused or revoked for ever, [`Client::authenticate`] tells.
        let answer = self.ask_token().await.map_err(|error| match error {
            ClientError::KeyRevoked => ClientError::PlayerRefused,
            other => other,
        });
        let token = Token::of(&answer?);
        *held = Some(token.clone());
        Ok(token.bearer)
    }

    async fn ask_token(&self) -> Result<PlayerToken, ClientError> {
        let key_id = self.identity.key_id();
        let question = ChallengeRequest {
            key_id: key_id.clone(),
        };
        let challenge: Challenge = self.post(path::CHALLENGE, &question).await?;
        let signed = TokenRequest::signed_text(&self.origin, &challenge.nonce);
        let request = TokenRequest {
            key_id,
            nonce: challenge.nonce,
            boot_id: self.boot_id,
            signature: self.identity.sign(&signed),
        };
        self.post(path::TOKEN, &request).await
    }
}

impl Token {
    fn of(answer: &PlayerToken) -> Self {
        let life = Duration::from_secs(answer.expires_in_s);
        // A life below the margin is used to its half.
        let usable = life.saturating_sub(MARGIN).max(life / 2);
        Self {
            bearer: answer.token.clone(),
            renew_at: Instant::now() + usable,
        }
    }
}
