use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fred::rustls::crypto::aws_lc_rs;
use fred::rustls::pki_types::CertificateDer;
use fred::rustls::pki_types::pem::PemObject;
use fred::rustls::{ClientConfig, RootCertStore};
use fred::rustls_native_certs::load_native_certs;
use fred::types::Builder;
use fred::types::config::{Config, ReconnectPolicy, TlsConnector, UnresponsiveConfig};
use secrecy::ExposeSecret;

use super::RedisAddress;
use crate::error::{Error, Result};

/// Between two tries to connect, in milliseconds: at first, and at most.
const PAUSES: (u32, u32) = (100, 2_000);
/// Each pause is so many times the one before.
const GROWTH: u32 = 2;
/// Taken off or put on each pause, so that instances do not come back all at once.
const JITTER_MS: u32 = 100;
/// A connection on which a question waits this long for its answer is dead.
const DEAD: Duration = Duration::from_secs(5);

/// How to connect: for ever, quickly at first.
pub(super) fn builder(address: &RedisAddress) -> Result<Builder> {
    let mut builder = Builder::from_config(config(address)?);
    let mut policy = ReconnectPolicy::new_exponential(0, PAUSES.0, PAUSES.1, GROWTH);
    policy.set_jitter(JITTER_MS);
    builder.set_policy(policy);
    builder.with_connection_config(|connection| {
        connection.connection_timeout = DEAD;
        connection.internal_command_timeout = DEAD;
        connection.unresponsive = UnresponsiveConfig {
            max_timeout: Some(DEAD),
            interval: Duration::from_secs(1),
        };
        connection.reconnect_on_auth_error = true;
    });
    Ok(builder)
}

fn config(address: &RedisAddress) -> Result<Config> {
    let url = address.url.expose_secret();
    let encrypted = url.strip_prefix("rediss:");
    // Parsed as unencrypted: the library's own way to encrypt takes no further certificates.
    let plain = encrypted.map(|rest| format!("redis:{rest}"));
    let mut config = Config::from_url_centralized(plain.as_deref().unwrap_or(url))
        // What it says could repeat the password.
        .map_err(|_| Error::Internal("REDIS_URL cannot be read".to_owned()))?;
    config.fail_fast = false;
    if encrypted.is_some() {
        config.tls = Some(encryption(address.authorities.as_deref())?.into());
    }
    Ok(config)
}

fn encryption(authorities: Option<&Path>) -> Result<TlsConnector> {
    let unreadable =
        |error: &dyn std::fmt::Display| Error::Internal(format!("REDIS_SSL_CA: {error}"));
    let mut believed = RootCertStore::empty();
    // Systems keep certificates that nobody can read; those that can be are enough.
    believed.add_parsable_certificates(load_native_certs().certs);
    if let Some(file) = authorities {
        let certificates =
            CertificateDer::pem_file_iter(file).map_err(|error| unreadable(&error))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| unreadable(&error))?;
            believed
                .add(certificate)
                .map_err(|error| unreadable(&error))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Internal(format!("TLS: {error}")))?
        .with_root_certificates(believed)
        .with_no_client_auth();
    Ok(config.into())
}
