//! What the domain needs to know to open.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::Clock;
pub use crate::redis::RedisAddress;

/// Settings of the domain; the server reads them from its environment.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where embedded database, files and generated secrets live.
    pub data: PathBuf,
    /// `postgresql://…`; nothing means SQLite in [`Settings::data`].
    pub database_url: Option<SecretString>,
    /// The Redis that instances share; nothing means: there is one instance.
    pub redis: Option<RedisAddress>,
    /// Signs sessions and player tokens; nothing means: generated once into [`Settings::data`].
    pub jwt_secret: Option<SecretString>,
    /// Absolute life of a session.
    pub session_life: Duration,
    /// Addresses of this server as players and browsers see it, without final slash.
    /// A player's signature must name one of them; the first makes links.
    pub origins: Vec<String>,
    /// Largest video in bytes; nothing means [`api::limit::VIDEO_BYTES`].
    pub video_bytes: Option<u64>,
    /// The time of day; `Clock::default()` outside tests.
    pub clock: Clock,
}
