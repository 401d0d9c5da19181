//! Keys of this installation: what it signs, it recognises again.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::error::{Error, Result};

/// Where a generated secret is kept, in the data folder.
const FILE: &str = "jwt-secret";

/// For whom a token is good.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Audience {
    /// A signed-in person.
    Dashboard,
    /// A signed-in person's browser, to ask for another of [`Audience::Dashboard`].
    Refresh,
    /// A site's screen.
    Player,
}

impl Audience {
    fn as_str(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Refresh => "dashboard-refresh",
            Self::Player => "player",
        }
    }
}

/// A token's content, and how long it is good.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Claims<T> {
    /// See [`Audience`].
    aud: String,
    /// Seconds since 1970.
    iat: i64,
    /// Seconds since 1970.
    pub(crate) exp: i64,
    #[serde(flatten)]
    pub(crate) body: T,
}

/// Signs and recognises tokens (HS256).
pub(crate) struct Keys {
    secret: SecretString,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Keys {
    /// Keys from the operator's secret, or from one that is generated once into `data`.
    pub(crate) async fn open(given: Option<&SecretString>, data: &Path) -> Result<Self> {
        let secret = match given {
            Some(secret) => secret.clone(),
            None => kept_secret(data).await?,
        };
        let bytes = secret.expose_secret().as_bytes();
        Ok(Self {
            encoding: EncodingKey::from_secret(bytes),
            decoding: DecodingKey::from_secret(bytes),
            secret,
        })
    }

    /// A token for `audience`, good from `now` on for `life`.
    pub(crate) fn sign<T: Serialize>(
        &self,
        audience: Audience,
        body: T,
        now: DateTime<Utc>,
        life: Duration,
    ) -> Result<String> {
        let claims = Claims {
            aud: audience.as_str().to_owned(),
            iat: now.timestamp(),
            exp: now.timestamp() + i64::try_from(life.as_secs()).unwrap_or(i64::MAX),
            body,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|cause| Error::Internal(format!("a token could not be signed: {cause}")))
    }

    /// What a token of ours for `audience` says, while it is good.
    pub(crate) fn verify<T: DeserializeOwned>(
        &self,
        audience: Audience,
        token: &str,
        now: DateTime<Utc>,
    ) -> Option<Claims<T>> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[audience.as_str()]);
        validation.set_required_spec_claims(&["aud", "exp"]);
        // Below, by the domain's clock.
        validation.validate_exp = false;
        let token = jsonwebtoken::decode::<Claims<T>>(token, &self.decoding, &validation).ok()?;
        (token.claims.exp > now.timestamp()).then_some(token.claims)
    }

    /// A code that only this installation can give for `text`; `purpose` keeps uses apart.
    pub(crate) fn seal(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.expose_secret().as_bytes())
            .expect("HMAC takes keys of any length");
        for part in [purpose, "|", text] {
            mac.update(part.as_bytes());
        }
        mac
    }
}

/// The secret of this installation, generated at the first start.
async fn kept_secret(data: &Path) -> Result<SecretString> {
    let file = data.join(FILE);
    match tokio::fs::read_to_string(&file).await {
        Ok(secret) => return Ok(secret.trim().to_owned().into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let secret = hex::encode(rand::random::<[u8; 32]>());
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut opened = options.open(&file).await?;
    tokio::io::AsyncWriteExt::write_all(&mut opened, secret.as_bytes()).await?;
    opened.sync_all().await?;
    Ok(secret.into())
}
