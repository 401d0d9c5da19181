//! Configurations: the versioned document that says what a site's TV does.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hash::FileHash;
use crate::id::{SiteId, VideoId};
use crate::page::PageRequest;
use crate::video::{Ground, Video, VideoKind};

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
    /// Its length in milliseconds; a picture stands on screen for so long.
    pub duration_ms: u64,
    /// What it is.
    #[serde(default)]
    pub kind: VideoKind,
    /// What stands behind it.
    #[serde(default)]
    pub ground: Ground,
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

/// Which versions to list, newest first.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct VersionFilter {
    /// Number of the page, from 1.
    pub page: Option<u32>,
    /// Rows of a page.
    pub per_page: Option<u32>,
}

impl VersionFilter {
    /// The page asked for, within the limits.
    pub fn paging(self) -> PageRequest {
        PageRequest::of(self.page, self.per_page)
    }
}

/// A published configuration with its loop, as it was published.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedLoop {
    /// Which version, by whom, when.
    pub published: ConfigurationVersion,
    /// Its loop, in order.
    pub places: Vec<PublishedPlace>,
}

/// A place of a published loop.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedPlace {
    /// The video.
    pub video_id: VideoId,
    /// Its name when it was published.
    pub name: String,
    /// Its length when it was published, in milliseconds.
    pub duration_ms: u64,
    /// Whether the library still has it.
    pub in_library: bool,
    /// Whether a thumbnail of it is kept.
    pub has_thumbnail: bool,
}

/// An old version to publish again.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestoreConfiguration {
    /// The newest version that its reader knows; refused when another was published since.
    pub base_version: Option<i32>,
    /// Videos of the old version of which the reader knows that the library has them no more.
    /// Refused when another one is missing.
    #[serde(default)]
    pub leave_out: Vec<VideoId>,
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

#[cfg(test)]
mod tests {
    use super::LoopItem;
    use crate::video::{Ground, VideoKind};

    /// What a server wrote that knew only films, and what a later one may write.
    fn item(more: &str) -> LoopItem {
        let id = "0197f0a0-0000-7000-8000-000000000000";
        let hash = "0".repeat(64);
        let text = format!(
            r#"{{"video_id":"{id}","sha256":"{hash}","name":"Spot","duration_ms":1000{more}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_place_of_an_unknown_kind_is_taken_for_a_film() {
        for more in ["", r#","kind":"web_page","ground":"sea""#] {
            let item = item(more);
            assert_eq!((item.kind, item.ground), (VideoKind::Film, Ground::Black));
        }
        let item = item(r#","kind":"picture","ground":"white""#);
        assert_eq!(
            (item.kind, item.ground),
            (VideoKind::Picture, Ground::White)
        );
    }
}
