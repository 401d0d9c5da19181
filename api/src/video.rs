//! The library.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hash::FileHash;
use crate::id::{SiteId, VideoId};
use crate::page::PageRequest;

/// What a video of the library is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VideoKind {
    /// It stands still, for as long as somebody chose.
    Picture,
    /// It moves, and is as long as it is. Also what a reader makes of a kind that it does not
    /// know: a player fails to play it and passes it over.
    #[default]
    #[serde(other)]
    Film,
}

impl VideoKind {
    /// The text of the column `kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Film => "film",
        }
    }
}

/// What stands behind a video that does not cover the screen.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// As on paper: for logos, whose transparent parts were drawn for it.
    White,
    /// As in a cinema.
    #[default]
    #[serde(other)]
    Black,
}

impl Ground {
    /// What stands behind a picture of this codec. PNG is the format of logos, which are drawn for paper.
    pub fn behind(video_codec: &str) -> Self {
        match video_codec {
            "PNG" => Self::White,
            _ => Self::Black,
        }
    }
}

/// A video of the library: a film, or a picture that stands on screen for a while.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Video {
    /// The video's id.
    pub id: VideoId,
    /// Shown name; at first the file's name without its extension.
    pub name: String,
    /// What it is.
    #[serde(default)]
    pub kind: VideoKind,
    /// SHA-256 of its bytes.
    pub sha256: FileHash,
    /// Size in bytes.
    pub size: u64,
    /// Length in milliseconds: of a film as the container says, of a picture as somebody chose.
    pub duration_ms: u64,
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// Mean frames per second; 0 of a picture.
    pub frame_rate: f64,
    /// `h264`, `JPEG` or `PNG`.
    pub video_codec: String,
    /// `aac`, or nothing where there is no sound.
    pub audio_codec: Option<String>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Whether a thumbnail is kept.
    pub has_thumbnail: bool,
    /// How many sites show it now.
    pub sites: u64,
    /// Free labels, by name.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Since when its file is known to be gone from the storage; none while it is there.
    #[serde(default)]
    pub missing_since: Option<DateTime<Utc>>,
}

impl Video {
    /// What stands behind it.
    pub fn ground(&self) -> Ground {
        Ground::behind(&self.video_codec)
    }
}

/// A free label of videos.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VideoTag {
    /// Its words.
    pub tag: String,
    /// How many videos have it.
    pub videos: u64,
}

/// A site whose newest loop has a video.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VideoSite {
    /// The site.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// The club that plays there; may be empty.
    pub club: String,
}

/// A video of a site's loop whose file is gone from the storage.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingVideo {
    /// The video.
    pub id: VideoId,
    /// Its name.
    pub name: String,
    /// Since when it is known to be gone.
    pub since: DateTime<Utc>,
}

/// The answer to an upload.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Uploaded {
    /// The video, new or known.
    pub video: Video,
    /// Whether these bytes were in the library before.
    pub already_known: bool,
}

/// What goes with an upload's bytes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct NewVideo {
    /// The file's name on the sender's machine.
    pub file_name: String,
}

/// How a list of videos is ordered.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VideoOrder {
    /// Newest first.
    #[default]
    Newest,
    /// By name.
    Name,
    /// Longest first.
    Longest,
}

/// Whether a video is shown anywhere.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VideoState {
    /// In the newest loop of a site.
    Shown,
    /// On no site.
    Unused,
}

/// Which videos to list.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct VideoFilter {
    /// Part of the name.
    pub search: Option<String>,
    /// With this tag.
    pub tag: Option<String>,
    /// Shown somewhere, or nowhere.
    pub state: Option<VideoState>,
    /// In which order.
    pub order: VideoOrder,
    /// Number of the page, from 1.
    pub page: Option<u32>,
    /// Rows of a page.
    pub per_page: Option<u32>,
}

/// The tags that somebody typed, between commas.
pub fn typed_tags(text: &str) -> Vec<String> {
    text.split([',', ';']).map(str::to_owned).collect()
}

impl VideoFilter {
    /// The page asked for, within the limits.
    pub fn paging(&self) -> PageRequest {
        PageRequest::of(self.page, self.per_page)
    }
}
