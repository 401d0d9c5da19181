//! What a site's player shall be, as its rows say.

use std::collections::{HashMap, HashSet};

use api::configuration::{Configuration, LoopItem};
use api::player::{DesiredState, ManifestFile};
use api::video::Ground;
use uuid::Uuid;

use super::rows::Rows;
use crate::entity::video;

/// The stored bytes, where they say what the rows say.
pub(super) fn stored<'a>(rows: &'a Rows, videos: &HashMap<Uuid, video::Model>) -> Option<&'a [u8]> {
    let before = parsed(rows)?;
    let body = rows.stored.as_ref().map(|row| &*row.body);
    body.filter(|_| before == derived(rows, Some(&before), videos))
}

/// What the rows say.
pub(super) fn state(rows: &Rows, videos: &HashMap<Uuid, video::Model>) -> DesiredState {
    derived(rows, parsed(rows).as_ref(), videos)
}

fn parsed(rows: &Rows) -> Option<DesiredState> {
    serde_json::from_slice(&rows.stored.as_ref()?.body).ok()
}

/// Names are those of the publication, as plays will tell them; everything else of a video is as
/// the library has it now. A published document that is not there any more, or cannot be read,
/// leaves the player what it had.
fn derived(
    rows: &Rows,
    before: Option<&DesiredState>,
    videos: &HashMap<Uuid, video::Model>,
) -> DesiredState {
    let site_name = rows.name.clone();
    let nothing = || DesiredState {
        site_name: String::new(),
        configuration_version: 0,
        configuration: Configuration::default(),
        files: Vec::new(),
    };
    let Some(version) = rows.published_version else {
        return DesiredState {
            site_name,
            ..nothing()
        };
    };
    let Some(published) = &rows.published else {
        return DesiredState {
            site_name,
            ..before.cloned().unwrap_or_else(nothing)
        };
    };
    let places = published.default_loop.iter();
    let shown: Vec<(LoopItem, &video::Model)> = places
        .filter_map(|place| {
            let video = videos.get(&place.video_id.0)?;
            Some((item(place, video), video))
        })
        .collect();
    DesiredState {
        site_name,
        configuration_version: version,
        files: manifest(&shown),
        configuration: Configuration {
            default_loop: shown.into_iter().map(|(item, _)| item).collect(),
        },
    }
}

fn item(place: &LoopItem, video: &video::Model) -> LoopItem {
    LoopItem {
        sha256: video.sha256.parse().unwrap_or(place.sha256),
        duration_ms: video.duration_ms.unsigned_abs(),
        kind: crate::video::kind(video),
        ground: Ground::behind(&video.video_codec),
        ..place.clone()
    }
}

/// Each file once, in the order of the loop.
fn manifest(shown: &[(LoopItem, &video::Model)]) -> Vec<ManifestFile> {
    let mut seen = HashSet::new();
    shown
        .iter()
        .filter(|(item, _)| seen.insert(item.sha256))
        .map(|(item, video)| ManifestFile {
            sha256: item.sha256,
            size: video.size.unsigned_abs(),
        })
        .collect()
}
