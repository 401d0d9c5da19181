//! Configurations: the versioned document that says what a site's TV does.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hash::FileHash;
use crate::id::{SiteId, VideoId};
use crate::video::Video;

/// What a player needs to know of one video of the loop.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoopItem {
    /// The video.
    pub video_id: VideoId,
    /// Its file.
    pub sha256: FileHash,
    /// Its name when it was published.
    pub name: String,
    /// Its length in milliseconds.
    pub duration_ms: u64,
}

/// The document itself, as it is stored and sent to the player.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Configuration {
    /// What plays when nobody touches anything, in order. Loops of match phases come beside it.
    #[serde(default)]
    pub default_loop: Vec<LoopItem>,
}

/// A published configuration.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigurationVersion {
    /// Counts from 1 for each site.
    pub version: i32,
    /// What the publisher wrote.
    pub comment: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: DateTime<Utc>,
    /// Number of videos in its loop.
    pub videos: u32,
    /// One turn of the loop in milliseconds.
    pub duration_ms: u64,
}

/// What a site's loop editor starts from.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteLoop {
    /// The site.
    pub site_id: SiteId,
    /// The newest published version, none before the first.
    pub published: Option<ConfigurationVersion>,
    /// The videos of its loop, in order; a video may stand in it twice.
    pub videos: Vec<Video>,
}

/// A loop to publish.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewConfiguration {
    /// The version that the editor started from; refused when another was published since.
    pub base_version: Option<i32>,
    /// The loop, in order; empty means that the TV shows nothing.
    #[serde(default)]
    pub videos: Vec<VideoId>,
    /// Why; may be empty.
    #[serde(default)]
    pub comment: String,
}
