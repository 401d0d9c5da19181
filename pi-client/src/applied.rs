//! The configuration that is shown, as far as several tasks need to know it.

use std::collections::HashSet;
use std::sync::Arc;

use api::hash::FileHash;
use parking_lot::RwLock;

/// What is applied; cheap to clone and to ask.
#[derive(Clone, Default)]
pub(crate) struct Applied {
    current: Arc<RwLock<Current>>,
}

#[derive(Default)]
struct Current {
    etag: String,
    version: i32,
    files: HashSet<FileHash>,
}

impl Applied {
    /// Another configuration is shown; `files` are its own and those of the one before,
    /// whose last clip may still be on screen.
    pub(crate) fn set(&self, etag: &str, version: i32, files: HashSet<FileHash>) {
        *self.current.write() = Current {
            etag: etag.to_owned(),
            version,
            files,
        };
    }

    /// Whether this is the state that is shown.
    pub(crate) fn is(&self, etag: &str) -> bool {
        self.current.read().etag == etag
    }

    /// The version that is shown, none before the first publication.
    pub(crate) fn version(&self) -> Option<i32> {
        Some(self.current.read().version).filter(|version| *version > 0)
    }

    /// Whether the TV may show this file.
    pub(crate) fn names(&self, sha256: FileHash) -> bool {
        self.current.read().files.contains(&sha256)
    }
}
