//! Files of the storage that no video names: somebody put them there by hand.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::ErrorCode;
use crate::id::{ForeignId, VideoId};
use crate::message::names;
use crate::page::PageRequest;

names!(
    /// What became of a file of the storage that no video names.
    ForeignState {
        /// It lies there.
        Found = "found",
        /// It will be read through and made a video.
        Waiting = "waiting",
        /// It became a video; the file itself still lies there.
        Imported = "imported",
        /// The library had the same bytes.
        Known = "known",
        /// It cannot be a video.
        Refused = "refused",
        /// Nobody wants it.
        Ignored = "ignored",
    }
);

/// A file of the storage that no video names.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForeignObject {
    /// Its id.
    pub id: ForeignId,
    /// Where it lies in the storage.
    pub key: String,
    /// Size in bytes.
    pub size: u64,
    /// When it was written.
    pub modified_at: DateTime<Utc>,
    /// When it was noticed.
    pub first_seen_at: DateTime<Utc>,
    /// What became of it.
    pub state: ForeignState,
    /// Why it was not imported.
    pub refusal: Option<ErrorCode>,
    /// The video that its bytes became, or were before.
    pub video: Option<VideoId>,
}

/// Which files are listed, the last noticed first.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ForeignFilter {
    /// Only those of this state; all but the ignored ones otherwise.
    pub state: Option<ForeignState>,
    /// Number of the page, from 1.
    pub page: Option<u32>,
    /// Rows of a page.
    pub per_page: Option<u32>,
}

impl ForeignFilter {
    /// The page asked for.
    pub fn paging(&self) -> PageRequest {
        PageRequest::of(self.page, self.per_page)
    }
}
