//! Alerts: what people are told of from its beginning to its end.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{AlertId, SiteId};
use crate::message::names;
use crate::page::PageRequest;

/// Longest time for which the alerts of a site can be muted, in hours.
pub const MUTE_HOURS: u32 = 31 * 24;

names!(
    /// What an alert is about.
    AlertKind {
        /// A site is silent in hours in which it is expected.
        SiteOffline = "site_offline",
        /// Many sites fell silent at once: the trouble is on our side.
        Fleet = "fleet",
        /// A machine is too hot.
        Temperature = "temperature",
        /// A machine's disk is nearly full.
        Disk = "disk",
        /// Something that the server needs does not answer.
        Dependency = "dependency",
        /// Many requests failed within a minute.
        Errors = "errors",
        /// The server's code gave up somewhere.
        Panic = "panic",
    }
);

/// Something that people are told of until it ends.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alert {
    /// Its id.
    pub id: AlertId,
    /// What it is about.
    pub kind: AlertKind,
    /// The site that it is about, if one.
    pub site: Option<SiteId>,
    /// The site's name, or the dependency's, of that time; the place in the code of a panic.
    pub name: String,
    /// Degrees, percent, or how many sites or failures.
    pub figure: Option<i64>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// When somebody took note.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who did.
    pub acknowledged_by: Option<String>,
    /// Until when nobody is told of this site's alerts.
    pub muted_until: Option<DateTime<Utc>>,
}

/// Which alerts are listed, open ones first, then the newest.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct AlertFilter {
    /// Only open ones, or only ended ones.
    pub open: Option<bool>,
    /// Number of the page, from 1.
    pub page: Option<u32>,
    /// Rows of a page.
    pub per_page: Option<u32>,
}

impl AlertFilter {
    /// The page asked for.
    pub fn paging(&self) -> PageRequest {
        PageRequest::of(self.page, self.per_page)
    }
}

/// For how long nobody is told of a site's alerts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mute {
    /// Hours, [`MUTE_HOURS`] at most; 0 ends it.
    pub hours: u32,
}
