//! A player without a screen: only its key and its words with the server.

use api::enrolment::{EnrolAnswer, EnrolClaim, EnrolRequest, Hardware};
use api::id::{BootId, SiteId};
use api::path;
use api::player::{Challenge, PlayerToken, TokenRequest};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::TestApp;
use super::answer::Answer;
use super::visitor::{ORIGIN, Visitor};

pub struct TestScreen {
    key: SigningKey,
}

impl TestScreen {
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_bytes(&[seed; 32]),
        }
    }

    pub fn key_id(&self) -> String {
        hex::encode(Sha256::digest(self.key.verifying_key().as_bytes()))
    }

    /// Asks for a code.
    pub async fn enrol(&self, app: &TestApp) -> EnrolAnswer {
        let claim = EnrolClaim {
            public_key: hex::encode(self.key.verifying_key().as_bytes()),
            hardware: Hardware {
                model: Some("Raspberry Pi 4 Model B Rev 1.4".to_owned()),
                ..Hardware::default()
            },
        };
        let claim = serde_json::to_string(&claim).unwrap();
        let request = EnrolRequest {
            signature: self.sign(&EnrolRequest::signed_text(&claim)),
            claim,
        };
        let answer = app.stranger().post(path::ENROL, &request).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.as_type()
    }

    /// Becomes the player of a site.
    pub async fn link(&self, app: &TestApp, site: SiteId) {
        let code = self.enrol(app).await.code;
        let path = format!("/api/v1/sites/{site}/player");
        let answer = app
            .admin()
            .await
            .post(&path, &json!({ "code": code }))
            .await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// Signs a challenge for `origin`.
    pub async fn ask_token(&self, app: &TestApp, origin: &str) -> Answer {
        let asked = json!({ "key_id": self.key_id() });
        let challenge: Challenge = app.stranger().post(path::CHALLENGE, &asked).await.as_type();
        let signed = TokenRequest::signed_text(origin, &challenge.nonce);
        let request = TokenRequest {
            key_id: self.key_id(),
            signature: self.sign(&signed),
            nonce: challenge.nonce,
            boot_id: BootId::new(),
        };
        app.stranger().post(path::TOKEN, &request).await
    }

    /// This player with a fresh token.
    pub async fn visitor(&self, app: &TestApp) -> Visitor {
        let token: PlayerToken = self.ask_token(app, ORIGIN).await.as_type();
        app.stranger().with_token(&token.token)
    }

    fn sign(&self, text: &str) -> String {
        hex::encode(self.key.sign(text.as_bytes()).to_bytes())
    }
}
