//! The player's key: who it is, until the server revokes it.

use std::sync::{PoisonError, RwLock};
use std::{fs, io};

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::fault;
use crate::folder::{Access, Folder};

const FILE: &str = "identity.key";

/// The key cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The disk refuses.
    #[error("la clé du lecteur ne peut être lue ou écrite : {0}")]
    Io(#[from] io::Error),
    /// The file holds something else. It is not replaced: the site would lose its screen.
    #[error("le fichier identity.key n'est pas une clé")]
    NotAKey,
}

/// An Ed25519 key that never leaves the machine.
pub(crate) struct Identity {
    folder: Folder,
    key: RwLock<SigningKey>,
}

impl Identity {
    /// The key kept in this folder; a new one at the first start.
    pub(crate) fn load_or_create(folder: &Folder) -> Result<Self, IdentityError> {
        let key = match fs::read_to_string(folder.path(FILE)) {
            Ok(text) => parse(text.trim())?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => create(folder)?,
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            folder: folder.clone(),
            key: RwLock::new(key),
        })
    }

    /// Takes a new key in place of a revoked one, for good. Two boxes with copies of one card
    /// become two players by it.
    pub(crate) fn renew(&self) -> Result<(), IdentityError> {
        let key = create(&self.folder)?;
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = key;
        Ok(())
    }

    /// Hexadecimal public key.
    pub(crate) fn public_key(&self) -> String {
        hex::encode(self.key().verifying_key().as_bytes())
    }

    /// Hexadecimal SHA-256 of the public key: names this player.
    pub(crate) fn key_id(&self) -> String {
        hex::encode(Sha256::digest(self.key().verifying_key().as_bytes()))
    }

    /// Hexadecimal signature over a text.
    pub(crate) fn sign(&self, text: &str) -> String {
        hex::encode(self.key().sign(text.as_bytes()).to_bytes())
    }

    fn key(&self) -> SigningKey {
        let key = self.key.read().unwrap_or_else(PoisonError::into_inner);
        key.clone()
    }
}

fn create(folder: &Folder) -> Result<SigningKey, IdentityError> {
    let secret: [u8; 32] = rand::random();
    fault::reach("key-made");
    folder.write(FILE, hex::encode(secret).as_bytes(), Access::Private)?;
    fault::reach("key-kept");
    Ok(SigningKey::from_bytes(&secret))
}

fn parse(text: &str) -> Result<SigningKey, IdentityError> {
    let mut secret = [0; 32];
    hex::decode_to_slice(text, &mut secret).map_err(|_| IdentityError::NotAKey)?;
    Ok(SigningKey::from_bytes(&secret))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{FILE, Identity, IdentityError};
    use crate::folder::{Folder, Space};

    #[test]
    fn the_key_is_made_once_and_only_its_owner_may_read_it() {
        let directory = tempfile::tempdir().unwrap();
        let folder = Folder::open(directory.path(), Space::default(), None).unwrap();
        let first = Identity::load_or_create(&folder).unwrap();
        let second = Identity::load_or_create(&folder).unwrap();
        assert_eq!(first.public_key(), second.public_key());
        assert_eq!(first.key_id().len(), 64);
        let metadata = std::fs::metadata(directory.path().join(FILE)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_renewed_key_takes_the_place_of_the_one_before() {
        let directory = tempfile::tempdir().unwrap();
        let folder = Folder::open(directory.path(), Space::default(), None).unwrap();
        let identity = Identity::load_or_create(&folder).unwrap();
        let before = identity.key_id();
        identity.renew().unwrap();
        assert_ne!(identity.key_id(), before);
        let again = Identity::load_or_create(&folder).unwrap();
        assert_eq!(again.key_id(), identity.key_id());
    }

    #[test]
    fn a_damaged_key_is_never_replaced() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(FILE), "not a key").unwrap();
        let folder = Folder::open(directory.path(), Space::default(), None).unwrap();
        let error = Identity::load_or_create(&folder).err().unwrap();
        assert!(matches!(error, IdentityError::NotAKey));
    }
}
