//! Sessions and tokens.

use std::time::Duration;

use secrecy::SecretString;

use super::duration;
use super::variables::Variables;

/// The deployment guide's `JWT_EXPIRES_IN`.
const DEFAULT_SESSION_LIFE: Duration = Duration::from_hours(7 * 24);
/// HS256 wants a key as long as its hash.
const SECRET_BYTES: usize = 32;

/// Sessions and tokens.
#[derive(Clone, Debug)]
pub struct Access {
    /// Read from `JWT_SECRET`; absent: the domain keeps a generated one in its data folder.
    pub jwt_secret: Option<SecretString>,
    /// Read from `JWT_EXPIRES_IN`: the absolute life of a session.
    pub session_life: Duration,
}

impl Access {
    /// See the fields.
    pub fn read(variables: &mut Variables) -> Self {
        Self {
            jwt_secret: variables.secret(
                "JWT_SECRET",
                "32 caractères au moins, par exemple le résultat de « openssl rand -base64 48 »",
                |text| text.len() >= SECRET_BYTES,
            ),
            session_life: variables
                .parsed(
                    "JWT_EXPIRES_IN",
                    "une durée comme 7d, 12h ou 30m",
                    duration::parse,
                )
                .unwrap_or(DEFAULT_SESSION_LIFE),
        }
    }
}
