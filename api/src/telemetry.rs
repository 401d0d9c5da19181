//! How the machine behind a TV was, over time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// How far back to look.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// The last 24 hours, by quarters of an hour.
    #[default]
    Day,
    /// The last seven days, by two hours.
    Week,
    /// The last 31 days, by days on site.
    Month,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// Its name in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// Which part of a site's past to show.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct HealthFilter {
    /// How far back.
    #[cfg_attr(feature = "openapi", param(inline))]
    pub period: Period,
}

/// How the machine behind a site's TV was.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteHealth {
    /// How far back.
    pub period: Period,
    /// When the newest point ends.
    pub until: DateTime<Utc>,
    /// Every step of the period, oldest first; those without a report tell nothing.
    pub points: Vec<HealthPoint>,
    /// Whether the player reported when it was expected to, in all.
    pub availability: Availability,
    /// The same by days on site, oldest first.
    pub days: Vec<DayAvailability>,
}

/// What the reports of one step say together. What no report told is absent, never 0.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthPoint {
    /// Its beginning, by the clocks on site.
    pub local: NaiveDateTime,
    /// Part of the processors' time that was used, in percent.
    pub cpu_percent: Option<Gauge>,
    /// Part of the memory that was used, in percent.
    pub memory_percent: Option<Gauge>,
    /// Temperature of the processor, in degrees Celsius.
    pub temperature_celsius: Option<Gauge>,
    /// Part of the disk that was used, in percent.
    pub disk_percent: Option<Gauge>,
    /// Whether the machine slowed itself down or its power supply was too weak.
    pub throttled: Option<bool>,
}

/// What a figure was over a step, rounded.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gauge {
    /// On average.
    pub mean: i32,
    /// At its highest.
    pub most: i32,
}

/// Whether a player reported in the hours in which it was expected to.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Availability {
    /// Seconds in which the screen was expected to run.
    pub expected_s: u64,
    /// Those of which is known how the player was: it was linked, and the server listened.
    pub known_s: u64,
    /// Those of the known ones in which the player reported.
    pub online_s: u64,
}

impl Availability {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            expected_s: self.expected_s + other.expected_s,
            known_s: self.known_s + other.known_s,
            online_s: self.online_s + other.online_s,
        }
    }
}

/// The availability of one day on site.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayAvailability {
    /// The day.
    pub day: NaiveDate,
    /// Its availability.
    pub availability: Availability,
}
