//! A screen as the server sees it: a key that enrols, asks for tokens and plays.

use api::enrolment::{AcceptEnrolment, EnrolAnswer, EnrolClaim, EnrolRequest, Hardware};
use api::id::{BootId, SiteId};
use api::player::{ChallengeRequest, DesiredState, PlayerToken, TokenRequest};
use api::site::NewSite;
use domain::{Actor, Client, Domain, Result};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use super::{World, admin};

/// The server's address as the screen knows it.
pub const ORIGIN: &str = "http://localhost:3001";

/// A machine with its key.
pub struct Screen {
    key: SigningKey,
    /// This run of the machine.
    pub boot: BootId,
}

/// A copy of the machine's card in another machine.
impl Clone for Screen {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            boot: BootId::new(),
        }
    }
}

impl Screen {
    /// A machine with a fresh key.
    pub fn new() -> Self {
        Self {
            key: SigningKey::from_bytes(&rand::random()),
            boot: BootId::new(),
        }
    }

    /// Hexadecimal SHA-256 of the public key.
    pub fn key_id(&self) -> String {
        hex::encode(Sha256::digest(self.key.verifying_key().as_bytes()))
    }

    /// A signature over `text`.
    pub fn sign(&self, text: &str) -> String {
        hex::encode(self.key.sign(text.as_bytes()).to_bytes())
    }

    /// A signed request to be linked.
    pub fn request(&self) -> EnrolRequest {
        let claim = EnrolClaim {
            public_key: hex::encode(self.key.verifying_key().as_bytes()),
            hardware: Hardware {
                model: Some("Raspberry Pi 4".to_owned()),
                ..Hardware::default()
            },
        };
        let claim = serde_json::to_string(&claim).unwrap();
        EnrolRequest {
            signature: self.sign(&EnrolRequest::signed_text(&claim)),
            claim,
        }
    }

    /// Asks for a code from `address`.
    pub async fn enrol_from(&self, world: &World, address: &str) -> Result<EnrolAnswer> {
        let client = Client {
            address: address.parse().unwrap(),
            user_agent: None,
        };
        let request = self.request();
        world.domain.enrolments().request(request, &client).await
    }

    /// Asks for a code.
    pub async fn enrol(&self, world: &World) -> EnrolAnswer {
        self.enrol_from(world, "192.0.2.1").await.unwrap()
    }

    /// Asks for a token with a signature that names `origin`.
    pub async fn token_for(&self, domain: &Domain, origin: &str) -> Result<PlayerToken> {
        let key_id = self.key_id();
        let request = ChallengeRequest {
            key_id: key_id.clone(),
        };
        let nonce = domain.players().challenge(&request).nonce;
        let request = TokenRequest {
            key_id,
            signature: self.sign(&TokenRequest::signed_text(origin, &nonce)),
            nonce,
            boot_id: self.boot,
        };
        domain.players().token(request).await
    }

    /// Signs in.
    pub async fn actor(&self, world: &World) -> Actor {
        let token = self.token_for(&world.domain, ORIGIN).await.unwrap().token;
        world.domain.players().authenticate(&token).await.unwrap()
    }
}

impl World {
    /// A site in `zone`.
    pub async fn site_in(&self, name: &str, zone: &str) -> SiteId {
        let new = NewSite {
            club: "Racing Club".to_owned(),
            city: "Nantes".to_owned(),
            time_zone: zone.to_owned(),
            ..NewSite::named(name)
        };
        self.domain.sites().create(&admin(), new).await.unwrap().id
    }

    /// A site in Paris.
    pub async fn site(&self, name: &str) -> SiteId {
        self.site_in(name, "Europe/Paris").await
    }

    /// Types the code of a screen on the page of a site.
    pub async fn accept(&self, site: SiteId, code: &str) -> Result<api::site::Site> {
        self.accept_from(site, code, None).await
    }

    /// Types the code of a screen that leaves another site.
    pub async fn accept_from(
        &self,
        site: SiteId,
        code: &str,
        move_from: Option<SiteId>,
    ) -> Result<api::site::Site> {
        let accept = AcceptEnrolment {
            code: code.to_owned(),
            move_from,
        };
        let enrolments = self.domain.enrolments();
        enrolments.accept(&Actor::System, site, accept).await
    }

    /// A fresh screen linked to `site`, signed in.
    pub async fn linked(&self, site: SiteId) -> (Screen, Actor) {
        let screen = Screen::new();
        let code = screen.enrol(self).await.code;
        self.accept(site, code.as_str()).await.unwrap();
        let actor = screen.actor(self).await;
        (screen, actor)
    }

    /// What a player is told to be.
    pub async fn state(&self, actor: &Actor) -> (String, DesiredState) {
        let state = self.domain.players().state(actor).await.unwrap();
        let body = serde_json::from_slice(&state.body).unwrap();
        (state.etag.clone(), body)
    }
}
