//! What was played: by day, by video, by site.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{SiteId, VideoId};

/// Which plays to count. Days are local to each site and both included.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct PlayFilter {
    /// First day; by default 13 days before the last.
    pub from: Option<NaiveDate>,
    /// Last day; by default today in Paris.
    pub to: Option<NaiveDate>,
    /// Only this site.
    pub site: Option<SiteId>,
    /// Only this video.
    pub video: Option<VideoId>,
}

/// Plays counted by how they ended.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayCounts {
    /// Shown to at least 95 %.
    pub completed: u64,
    /// Left before.
    pub skipped: u64,
    /// Failed.
    pub error: u64,
    /// Power cut.
    pub cut: u64,
}

impl PlayCounts {
    /// All of them.
    pub fn total(self) -> u64 {
        self.completed + self.skipped + self.error + self.cut
    }
}

/// The plays of one local day.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayPlays {
    /// The day.
    pub day: NaiveDate,
    /// How many.
    pub counts: PlayCounts,
}

/// The plays of one video.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VideoPlays {
    /// The video.
    pub video_id: VideoId,
    /// Its name.
    pub name: String,
    /// Whether it was deleted from the library since: there is no page of it any more.
    #[serde(default)]
    pub deleted: bool,
    /// How many.
    pub counts: PlayCounts,
}

/// The plays of one site.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SitePlays {
    /// The site.
    pub site_id: SiteId,
    /// Its name.
    pub name: String,
    /// How many.
    pub counts: PlayCounts,
}

/// A count of plays.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayReport {
    /// First day counted.
    pub from: NaiveDate,
    /// Last day counted.
    pub to: NaiveDate,
    /// All of them.
    pub total: PlayCounts,
    /// Seconds on screen.
    pub shown_s: u64,
    /// Plays kept apart that do not count.
    pub quarantined: u64,
    /// Every day from first to last, empty ones too.
    pub days: Vec<DayPlays>,
    /// Most played first, at most 100.
    pub videos: Vec<VideoPlays>,
    /// Most plays first, at most 100.
    pub sites: Vec<SitePlays>,
}
