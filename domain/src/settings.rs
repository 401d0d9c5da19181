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
    /// Where videos are; nothing means: in [`Settings::data`].
    pub bucket: Option<BucketAddress>,
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
    /// By what ways people are told.
    pub channels: Channels,
    /// The time of day; `Clock::default()` outside tests.
    pub clock: Clock,
}

/// The ways to people that are configured.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// An incoming webhook of Slack.
    pub slack: Option<SecretString>,
    /// How mail goes out.
    pub mail: Option<MailSettings>,
}

/// How mail goes out.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The sender: an address, perhaps with a name before it.
    pub from: String,
    /// By what.
    pub door: MailDoor,
}

/// By what mail goes out.
#[derive(Clone, Debug)]
pub enum MailDoor {
    /// SendGrid's API, version 3.
    SendGrid {
        /// Where it is, without final slash.
        url: String,
        /// Opens it.
        key: SecretString,
    },
    /// A mail server: `smtp://…` or `smtps://…`.
    Smtp(SecretString),
}

/// An object store, and what opens it.
#[derive(Clone, Debug)]
pub enum BucketAddress {
    /// Anything that speaks the protocol of Amazon S3.
    S3(S3Address),
    /// The storage of a Supabase project.
    Supabase(SupabaseProject),
}

/// A service that speaks the protocol of Amazon S3.
#[derive(Clone, Debug)]
pub struct S3Address {
    /// Its address.
    pub endpoint: String,
    /// The region that signatures name.
    pub region: String,
    /// Names the key.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: SecretString,
    /// Whether the bucket stands in the path of addresses, and not before the host's name.
    pub force_path_style: bool,
}

/// A Supabase project.
#[derive(Clone, Debug)]
pub struct SupabaseProject {
    /// Its address, without final slash.
    pub url: String,
    /// Its `service_role` key.
    pub service_key: SecretString,
}

impl SupabaseProject {
    /// The project's name, first of its host's.
    pub(crate) fn reference(&self) -> Option<String> {
        let url = url::Url::parse(&self.url).ok()?;
        let host = url.host_str()?;
        host.split('.').next().map(str::to_owned)
    }

    /// Where everybody reads the objects of a public bucket.
    pub(crate) fn public_folder(&self, bucket: &str) -> String {
        format!("{}/storage/v1/object/public/{bucket}", self.url)
    }
}
