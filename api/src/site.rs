//! Sites: a club's place with one TV.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enrolment::Hardware;
use crate::error::{ApiError, ErrorCode};
use crate::hours::ExpectedHours;
use crate::id::{SiteId, VideoId};
use crate::limit::NAME_CHARACTERS;
use crate::metrics::Metrics;
use crate::page::PageRequest;
use crate::player::{Downloads, Fetching, PassedOver};
use crate::text::line;
use crate::video::MissingVideo;

/// Whether a site's player reports.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SiteStatus {
    /// No screen was linked yet.
    #[default]
    Pending,
    /// The player reported within the last 40 s.
    Online,
    /// The player has not reported for 40 s.
    Offline,
}

impl SiteStatus {
    /// The text of the column `status`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }

    /// The status that the column names; an unknown text is [`SiteStatus::Pending`].
    pub fn from_column(text: &str) -> Self {
        match text {
            "online" => Self::Online,
            "offline" => Self::Offline,
            _ => Self::Pending,
        }
    }
}

/// What a site's TV shows, as far as the server knows.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// No page shows frames: closed, hidden or stalled ("écran éteint").
    #[default]
    Off,
    /// The page is there and has nothing to play.
    Empty,
    /// A video is on screen.
    Playing,
    /// A state that this version does not know.
    #[serde(other)]
    Other,
}

impl Screen {
    /// The text of the column `screen`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Empty => "empty",
            Self::Playing => "playing",
            Self::Other => "other",
        }
    }

    /// The state that the column names; an unknown text is [`Screen::Other`].
    pub fn from_column(text: &str) -> Self {
        match text {
            "off" => Self::Off,
            "empty" => Self::Empty,
            "playing" => Self::Playing,
            _ => Self::Other,
        }
    }
}

/// A site, as lists show it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    /// The site's id.
    pub id: SiteId,
    /// Name of the place.
    pub name: String,
    /// Name of the club.
    pub club: String,
    /// Town.
    pub city: String,
    /// IANA name of the zone that fixes the local day.
    pub time_zone: String,
    /// Whether its player reports.
    pub status: SiteStatus,
    /// Last report of its player, at most 15 s behind.
    pub last_seen: Option<DateTime<Utc>>,
    /// False when the site is closed: its player gets nothing new.
    pub is_active: bool,
    /// When two boxes were last seen to use its player's key; none while all is well.
    #[serde(default)]
    pub clone_seen_at: Option<DateTime<Utc>>,
    /// What the TV showed at the last report.
    pub screen: Screen,
    /// The video on screen at the last report.
    pub on_screen: Option<OnScreen>,
    /// Newest published configuration.
    pub published_version: Option<i32>,
    /// Configuration that the player applies.
    pub applied_version: Option<i32>,
}

/// The video on a TV.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OnScreen {
    /// The video.
    pub video_id: VideoId,
    /// Its name.
    pub name: String,
    /// Length of the video in milliseconds.
    pub duration_ms: u64,
    /// How far it was at the last report, in milliseconds.
    pub position_ms: u64,
    /// Its first frame, where the player knows the time.
    pub since: Option<DateTime<Utc>>,
    /// Whether it has a thumbnail.
    pub has_thumbnail: bool,
}

/// A site with everything its page shows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteDetail {
    /// The site.
    #[serde(flatten)]
    pub site: Site,
    /// Its screen's player, once linked.
    pub player: Option<SitePlayer>,
    /// Whether another box waits to be accepted in its place.
    #[serde(default)]
    pub has_pending_key: bool,
    /// When its screen is expected to run.
    #[serde(default)]
    pub expected_hours: ExpectedHours,
    /// Videos of its newest loop whose files are gone from the storage, by name.
    #[serde(default)]
    pub missing_videos: Vec<MissingVideo>,
}

/// The player of a site.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SitePlayer {
    /// Hexadecimal SHA-256 of its public key.
    pub key_id: String,
    /// What it said of its machine.
    pub hardware: Hardware,
    /// When an admin linked it.
    pub accepted_at: DateTime<Utc>,
    /// Version of its software.
    pub version: Option<String>,
    /// Files that it fetches, at the last report.
    pub downloads: Option<Downloads>,
    /// The file that it fetches, at the last report.
    pub fetching: Option<Fetching>,
    /// Videos of the loop that the TV passes over, at the last report.
    pub passed_over: Vec<PassedOver>,
    /// Plays that wait on the player, at the last report.
    pub waiting_plays: Option<u64>,
    /// Plays that the player lost for ever; none where it does not count them.
    pub lost_plays: Option<u64>,
    /// How far the machine's clock is ahead of the true time, in seconds, where it is known.
    pub clock_ahead_s: Option<i64>,
    /// How its machine was at the last report.
    pub metrics: Metrics,
}

/// A site to create, or what to change it to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSite {
    /// Name of the place.
    pub name: String,
    /// Name of the club.
    #[serde(default)]
    pub club: String,
    /// Town.
    #[serde(default)]
    pub city: String,
    /// IANA name of the time zone.
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
    /// When its screen is expected to run.
    #[serde(default)]
    pub expected_hours: ExpectedHours,
}

fn default_time_zone() -> String {
    "Europe/Paris".to_owned()
}

impl NewSite {
    /// A site of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            club: String::new(),
            city: String::new(),
            time_zone: default_time_zone(),
            expected_hours: ExpectedHours::default(),
        }
    }

    /// The same site with its texts trimmed, or which inputs are wrong.
    /// The zone's existence is checked by the server, which has the zones.
    pub fn validated(self) -> Result<Self, ApiError> {
        let error = ApiError::new(ErrorCode::Invalid);
        let (expected_hours, mut error) = self.expected_hours.checked(error);
        let site = Self {
            name: line(&self.name),
            club: line(&self.club),
            city: line(&self.city),
            time_zone: line(&self.time_zone),
            expected_hours,
        };
        if site.name.is_empty() {
            error = error.with_field("name", ErrorCode::Required);
        }
        for (field, text) in [
            ("name", &site.name),
            ("club", &site.club),
            ("city", &site.city),
        ] {
            if text.chars().count() > NAME_CHARACTERS {
                error = error.with_field(field, ErrorCode::TooLong);
            }
        }
        if error.fields.is_empty() {
            Ok(site)
        } else {
            Err(error)
        }
    }
}

/// Which sites to list.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct SiteFilter {
    /// Part of the name, the club or the town.
    pub search: Option<String>,
    /// Only sites of this status.
    pub status: Option<SiteStatus>,
    /// Number of the page, from 1.
    pub page: Option<u32>,
    /// Rows of a page.
    pub per_page: Option<u32>,
}

impl SiteFilter {
    /// The page asked for, within the limits.
    pub fn paging(&self) -> PageRequest {
        PageRequest::of(self.page, self.per_page)
    }
}
