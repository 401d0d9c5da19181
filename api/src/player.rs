//! What only players say and hear.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::configuration::Configuration;
use crate::hash::FileHash;
use crate::id::{BootId, SiteId, VideoId};
use crate::metrics::Metrics;
use crate::play::Clock;
use crate::site::Screen;

/// A player asks for something to sign.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChallengeRequest {
    /// Hexadecimal SHA-256 of the player's public key.
    pub key_id: String,
}

/// Something to sign within a minute.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// Send it back as it is.
    pub nonce: String,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
}

/// A player proves that it holds its key.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenRequest {
    /// Hexadecimal SHA-256 of the player's public key.
    pub key_id: String,
    /// From the [`Challenge`].
    pub nonce: String,
    /// This run of the player.
    pub boot_id: BootId,
    /// Ed25519 signature over [`TokenRequest::signed_text`], 128 hexadecimal digits.
    pub signature: String,
}

impl TokenRequest {
    /// The text that the player signs: bound to the server's origin, so that a signature
    /// given to one server is worth nothing at another.
    pub fn signed_text(server_origin: &str, nonce: &str) -> String {
        format!("neopro-player-v1|{server_origin}|{nonce}")
    }
}

/// A short-lived bearer token.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayerToken {
    /// Goes into `Authorization: Bearer`.
    pub token: String,
    /// Seconds that it is good for.
    pub expires_in_s: u64,
    /// The player's site.
    pub site_id: SiteId,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
}

/// One file that a site needs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManifestFile {
    /// Names the file and proves its bytes.
    pub sha256: FileHash,
    /// Size in bytes.
    pub size: u64,
}

/// What the server wants a player to be. The bytes of its canonical JSON have one `ETag`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DesiredState {
    /// The site, for the TV's idle page.
    pub site_name: String,
    /// Version of the configuration; 0 before the first publication.
    pub configuration_version: i32,
    /// The configuration.
    pub configuration: Configuration,
    /// Every file that it names, once.
    #[serde(default)]
    pub files: Vec<ManifestFile>,
}

/// Progress of a player's downloads.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Downloads {
    /// Files of the desired state.
    pub files: u32,
    /// Those that are there and verified.
    pub files_ready: u32,
    /// Bytes of the desired state.
    pub bytes: u64,
    /// Bytes that are there.
    pub bytes_ready: u64,
}

/// The file that a player fetches at this moment.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fetching {
    /// The file.
    pub sha256: FileHash,
    /// Its size in bytes.
    pub bytes: u64,
    /// Bytes of it that are there.
    pub bytes_ready: u64,
    /// Why it did not come the last time it was tried; none while it comes.
    #[serde(default)]
    pub trouble: Option<FetchTrouble>,
}

/// Why a file does not come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FetchTrouble {
    /// The server or the file's storage does not answer, or the line breaks off.
    Line,
    /// The server or the file's storage refuses.
    Refused,
    /// Somebody else answers in their place: the sign-in page of a hotel's or a hall's network.
    CaptivePortal,
    /// The bytes that come are not the file's.
    WrongBytes,
    /// The player's disk is full.
    DiskFull,
    /// The player's disk fails.
    Disk,
    /// A reason that this version does not know.
    #[serde(other)]
    Other,
}

/// A video of the loop that the TV passes over.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassedOver {
    /// The video.
    pub video_id: VideoId,
    /// Its file.
    pub sha256: FileHash,
    /// Why.
    pub reason: PassedOverReason,
}

/// Why the TV passes over a video.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PassedOverReason {
    /// Its file is not on the player, or was damaged there, and is fetched again.
    Missing,
    /// Its file is whole, and the player cannot play it.
    Unplayable,
    /// A reason that this version does not know.
    #[serde(other)]
    Other,
}

/// What is on screen.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ScreenReport {
    /// Whether a page shows frames.
    pub screen: Screen,
    /// The video on screen.
    pub video_id: Option<VideoId>,
    /// Its file.
    pub sha256: Option<FileHash>,
    /// Its first frame, by the player's clock.
    pub since: Option<DateTime<Utc>>,
    /// How far it is, in milliseconds.
    pub position_ms: u64,
}

/// A player tells how it is, every 15 s.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// This run of the player.
    pub boot_id: BootId,
    /// Version of the player's software.
    #[serde(default)]
    pub player_version: String,
    /// What is known of the player's clock.
    #[serde(default)]
    pub clock: Clock,
    /// The configuration that it applies.
    #[serde(default)]
    pub configuration_version: Option<i32>,
    /// What is on screen.
    #[serde(default)]
    pub screen: ScreenReport,
    /// What it fetches.
    #[serde(default)]
    pub downloads: Downloads,
    /// The file that it fetches at this moment.
    #[serde(default)]
    pub fetching: Option<Fetching>,
    /// Videos of the loop that the TV passes over, the first 20.
    #[serde(default)]
    pub passed_over: Vec<PassedOver>,
    /// Plays that wait to be delivered.
    #[serde(default)]
    pub waiting_plays: u64,
    /// Plays that were lost for ever since the player's folder was made: too many waited, or the
    /// disk failed. None from a player that does not count them.
    #[serde(default)]
    pub lost_plays: Option<u64>,
    /// How far the machine's own clock is ahead of the true time, in seconds; negative behind.
    /// None while the player does not know the true time.
    #[serde(default)]
    pub clock_ahead_s: Option<i64>,
    /// How its machine is.
    #[serde(default)]
    pub metrics: Metrics,
}

impl Report {
    /// A report that says no more than which run it comes from.
    pub fn of_boot(boot_id: BootId) -> Self {
        Self {
            boot_id,
            player_version: String::new(),
            clock: Clock::default(),
            configuration_version: None,
            screen: ScreenReport::default(),
            downloads: Downloads::default(),
            fetching: None,
            passed_over: Vec::new(),
            waiting_plays: 0,
            lost_plays: None,
            clock_ahead_s: None,
            metrics: Metrics::default(),
        }
    }
}

/// The answer to a report.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportAnswer {
    /// `ETag` of the desired state, quoted as in the header: fetch it when it differs.
    pub etag: String,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
}
