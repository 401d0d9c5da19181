//! Everything that lies in the storage, whoever put it there.

use std::io;

use chrono::{DateTime, Utc};
use futures::stream::BoxStream;

/// Objects that are told together.
pub(super) const PAGE: usize = 1_000;
/// What is on its way, and what belongs to a video: nobody's files.
const OURS: [&str; 2] = ["incoming", "thumbnails"];

/// An object that lies in the storage.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    pub(crate) key: String,
    pub(crate) size: u64,
    /// In whole seconds: as much as every storage says.
    pub(crate) modified_at: DateTime<Utc>,
}

/// Objects in pages, so that memory holds one of them only.
pub(crate) type Pages = BoxStream<'static, io::Result<Vec<Found>>>;

/// Whether a folder at the top holds what is not told.
pub(super) fn is_ours(folder: &str) -> bool {
    OURS.contains(&folder.trim_end_matches('/'))
}

/// Whether an object is a file of somebody: stores and machines leave marks whose names begin with
/// a dot or end with a slash.
pub(super) fn is_told(key: &str) -> bool {
    let folder = key.split_once('/').map_or("", |(folder, _)| folder);
    let hidden = key
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.'));
    !is_ours(folder) && !hidden
}

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn only_files_of_somebody_are_told() {
        for key in ["spot.mp4", "videos/a1-b2", "2026/mai/Spot été.mp4"] {
            assert!(is_told(key), "{key}");
        }
        for key in [
            "incoming/0197/000000000000-12",
            "thumbnails/a1-b2",
            "2026/",
            "2026/.emptyFolderPlaceholder",
            ".DS_Store",
        ] {
            assert!(!is_told(key), "{key}");
        }
    }
}
