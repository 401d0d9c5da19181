//! The configuration that is shown, as far as several tasks need to know it.

use std::collections::HashSet;
use std::sync::Arc;

use api::hash::FileHash;
use api::player::ManifestFile;
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
    /// Its own files.
    own: Vec<ManifestFile>,
    /// Those of the configuration before, whose last clip may still be on screen.
    before: HashSet<FileHash>,
}

impl Applied {
    /// Another configuration is shown, with its own files and those of the one before.
    pub(crate) fn set(
        &self,
        etag: &str,
        version: i32,
        own: &[ManifestFile],
        before: HashSet<FileHash>,
    ) {
        *self.current.write() = Current {
            etag: etag.to_owned(),
            version,
            own: own.to_vec(),
            before,
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
        let current = self.current.read();
        current.before.contains(&sha256) || current.own.iter().any(|file| file.sha256 == sha256)
    }

    /// The files of the configuration that is shown.
    pub(crate) fn files(&self) -> Vec<ManifestFile> {
        self.current.read().own.clone()
    }

    /// The files of the configuration before.
    pub(crate) fn before(&self) -> HashSet<FileHash> {
        self.current.read().before.clone()
    }
}
