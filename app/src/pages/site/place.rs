//! Places of loops that are compared, published or being edited.

use std::sync::Arc;

use api::configuration::PublishedPlace;
use api::id::VideoId;
use api::video::Video;

use super::changes::Changes;

/// A place of a loop that is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// The video.
    pub id: VideoId,
    /// Its name.
    pub name: String,
    /// Its length.
    pub duration_ms: u64,
    /// Whether a picture of it is kept.
    pub has_thumbnail: bool,
    /// Whether the library has it.
    pub in_library: bool,
}

impl From<PublishedPlace> for Place {
    fn from(place: PublishedPlace) -> Self {
        Self {
            id: place.video_id,
            name: place.name,
            duration_ms: place.duration_ms,
            has_thumbnail: place.has_thumbnail,
            in_library: place.in_library,
        }
    }
}

/// The places of videos that the library has.
pub(super) fn places(videos: &[Arc<Video>]) -> Vec<Place> {
    let place = |video: &Arc<Video>| Place {
        id: video.id,
        name: video.name.clone(),
        duration_ms: video.duration_ms,
        has_thumbnail: video.has_thumbnail,
        in_library: true,
    };
    videos.iter().map(place).collect()
}

/// How one loop becomes another.
pub(super) fn compared(before: &[Place], after: &[Place]) -> Changes {
    let ids = |places: &[Place]| places.iter().map(|place| place.id).collect::<Vec<_>>();
    Changes::between(&ids(before), &ids(after))
}
