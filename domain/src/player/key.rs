//! Keys of players.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// An Ed25519 public key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key written as 64 hexadecimal digits; nothing when it is none, or one of the weak
    /// ones that verify signatures of anybody.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        (!key.is_weak()).then_some(Self(key))
    }

    /// 64 hexadecimal digits.
    pub(crate) fn to_text(&self) -> String {
        hex::encode(self.0.as_bytes())
    }

    /// Hexadecimal SHA-256 of the key: its name.
    pub(crate) fn id(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }

    /// Whether `signature` (128 hexadecimal digits) over `text` is this key's.
    pub(crate) fn signed(&self, text: &str, signature: &str) -> bool {
        let mut bytes = [0; 64];
        hex::decode_to_slice(signature, &mut bytes).is_ok()
            && self
                .0
                .verify_strict(text.as_bytes(), &Signature::from_bytes(&bytes))
                .is_ok()
    }
}
