//! The home page: is everything all right, and what did it show today?

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::report::PlayCounts;
use crate::site::Site;

/// Plays of one hour of today.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HourPlays {
    /// Local hour, 0 to 23.
    pub hour: u32,
    /// Plays that began in it.
    pub plays: u64,
}

/// The whole fleet at a glance.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// Today in Paris.
    pub today: NaiveDate,
    /// Active sites.
    pub sites: u64,
    /// Those whose player reports.
    pub online: u64,
    /// Of those, sites whose screen shows no frames: closed, hidden or stalled.
    pub dark: u64,
    /// Those without a screen yet.
    pub pending: u64,
    /// Videos in the library.
    pub videos: u64,
    /// Sites whose player does not report, longest silent first, at most 10.
    pub silent: Vec<Site>,
    /// Sites whose player reports but whose screen shows no frames, by name, at most 10.
    #[serde(default)]
    pub dark_sites: Vec<Site>,
    /// Sites as tiles: online ones first, at most 9.
    pub tiles: Vec<Site>,
    /// Plays of today.
    pub plays: PlayCounts,
    /// Plays of today by hour, every hour up to now.
    pub hours: Vec<HourPlays>,
    /// Newest publication of any site.
    pub last_published_at: Option<DateTime<Utc>>,
}
