//! The key of a simulated player: always the same for the same seed and number.

use api::enrolment::{EnrolClaim, EnrolRequest, Hardware};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::chance;
use crate::failure::Failure;

/// An Ed25519 key.
pub(crate) struct Key(SigningKey);

impl Key {
    /// The key of player `number` under `seed`.
    pub(crate) fn of(seed: u64, number: usize) -> Self {
        Self(SigningKey::from_bytes(&chance::bytes(seed, "key", number)))
    }

    /// Hexadecimal SHA-256 of the public key.
    pub(crate) fn id(&self) -> String {
        hex::encode(Sha256::digest(self.0.verifying_key().as_bytes()))
    }

    /// A hexadecimal signature.
    pub(crate) fn sign(&self, text: &str) -> String {
        hex::encode(self.0.sign(text.as_bytes()).to_bytes())
    }

    /// A signed request to be linked.
    pub(crate) fn enrolment(&self) -> Result<EnrolRequest, Failure> {
        let claim = EnrolClaim {
            public_key: hex::encode(self.0.verifying_key().as_bytes()),
            hardware: Hardware {
                model: Some("Raspberry Pi 4 Model B Rev 1.4".to_owned()),
                system: Some("simulation".to_owned()),
                ..Hardware::default()
            },
        };
        let claim = serde_json::to_string(&claim)?;
        Ok(EnrolRequest {
            signature: self.sign(&EnrolRequest::signed_text(&claim)),
            claim,
        })
    }
}
