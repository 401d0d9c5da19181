//! Where the server listens, which proxies it believes, and who may watch it.

use std::net::{IpAddr, Ipv4Addr};

use secrecy::SecretString;

use super::catalogue;
use super::proxy::{self, TrustedProxies};
use super::variables::Variables;

/// The deployment guide's port.
const DEFAULT_PORT: u16 = 3001;
/// A token that nobody guesses.
const TOKEN_CHARACTERS: usize = 16;

/// Where the server listens and which proxies it believes.
#[derive(Clone, Debug)]
pub struct Http {
    /// Read from `NEOPRO_HOST`: the address to listen on, all of them by default.
    pub host: IpAddr,
    /// Read from `PORT`.
    pub port: u16,
    /// Read from `TRUSTED_PROXIES`: whose `X-Forwarded-*` headers are believed, none by default.
    /// Behind Render (`RENDER_EXTERNAL_URL` is set) its own proxies are the default.
    pub trusted_proxies: TrustedProxies,
    /// Read from `METRICS_TOKEN`: who shows it reads the figures; without it nobody does.
    pub metrics_token: Option<SecretString>,
}

impl Http {
    /// See the fields.
    pub fn read(variables: &mut Variables) -> Self {
        if variables
            .text(catalogue::RENDER_EXTERNAL_URL.name)
            .is_some()
        {
            variables.set_default(catalogue::TRUSTED_PROXIES.name, proxy::RENDER);
        }
        Self {
            host: variables
                .parsed(&catalogue::NEOPRO_HOST, |text| text.parse().ok())
                .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            port: variables
                .parsed(&catalogue::PORT, |text| {
                    text.parse().ok().filter(|port| *port > 0)
                })
                .unwrap_or(DEFAULT_PORT),
            trusted_proxies: variables
                .parsed(&catalogue::TRUSTED_PROXIES, TrustedProxies::parse)
                .unwrap_or_default(),
            metrics_token: variables.secret(&catalogue::METRICS_TOKEN, |text| {
                text.len() >= TOKEN_CHARACTERS
            }),
        }
    }
}
