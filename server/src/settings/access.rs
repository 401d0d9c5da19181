//! Sessions and tokens.

use std::time::Duration;

use secrecy::SecretString;

use super::variables::Variables;
use super::{catalogue, duration};

/// The deployment guide's `JWT_EXPIRES_IN`.
const DEFAULT_SESSION_LIFE: Duration = Duration::from_hours(7 * 24);
/// HS256 wants a key as long as its hash; the guide's recipes give that much or more.
const SECRET_BYTES: usize = 32;

/// Sessions and tokens.
#[derive(Clone, Debug)]
pub struct Access {
    /// Read from `JWT_SECRET`; absent: the domain keeps a generated one in its data folder.
    pub jwt_secret: Option<SecretString>,
    /// Read from `JWT_EXPIRES_IN`: the absolute life of a session.
    pub session_life: Duration,
    /// Read from `MFA_ENCRYPTION_KEY`.
    pub mfa_key: Option<SecretString>,
    /// Read from `MFA_ISSUER`: the name that authenticators show.
    pub mfa_issuer: Option<String>,
}

impl Access {
    /// See the fields.
    pub fn read(variables: &mut Variables) -> Self {
        let is_long = |text: &str| text.len() >= SECRET_BYTES;
        Self {
            jwt_secret: variables.secret(&catalogue::JWT_SECRET, is_long),
            session_life: variables
                .parsed(&catalogue::JWT_EXPIRES_IN, duration::parse)
                .unwrap_or(DEFAULT_SESSION_LIFE),
            mfa_key: variables.secret(&catalogue::MFA_ENCRYPTION_KEY, is_long),
            // The colon parts issuer and account in `otpauth:` addresses.
            mfa_issuer: variables.parsed(&catalogue::MFA_ISSUER, |text| {
                (!text.contains(':')).then(|| text.to_owned())
            }),
        }
    }
}
