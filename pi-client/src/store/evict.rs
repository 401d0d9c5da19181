//! Making room: what nothing needs goes first, what is on screen never.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::time::SystemTime;

use api::hash::FileHash;

use super::{DIRECTORY, Store};

/// Who needs which files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    /// The configuration that is shown and the one that is being fetched.
    pub now: HashSet<FileHash>,
    /// The one that was shown before.
    pub before: HashSet<FileHash>,
}

/// How badly a file is needed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Need {
    Nothing,
    Before,
    Now,
}

impl Needs {
    fn of(&self, sha256: FileHash) -> Need {
        if self.now.contains(&sha256) {
            Need::Now
        } else if self.before.contains(&sha256) {
            Need::Before
        } else {
            Need::Nothing
        }
    }
}

struct Candidate {
    need: Need,
    changed: SystemTime,
    name: String,
}

impl Store {
    /// Removes every file that nothing needs, and what was begun of it.
    pub(crate) fn evict(&self, needs: &Needs) -> io::Result<()> {
        for candidate in self.candidates(needs)? {
            if candidate.need == Need::Nothing {
                self.folder.remove_if_there(&candidate.name)?;
            }
        }
        Ok(())
    }

    /// Removes files until this many bytes can be written and the machine keeps its share: those
    /// that nothing needs, then those of the configuration before, oldest first. True when there
    /// is room.
    pub(crate) fn make_room(&self, bytes: u64, needs: &Needs) -> io::Result<bool> {
        let wanted = bytes.saturating_add(self.folder.keep_free());
        if self.folder.free()? >= wanted {
            return Ok(true);
        }
        for candidate in self.candidates(needs)? {
            if candidate.need == Need::Now {
                break;
            }
            tracing::warn!(
                file.name = candidate.name,
                "a file is removed to make room for another"
            );
            self.folder.remove_if_there(&candidate.name)?;
            if self.folder.free()? >= wanted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everything of the store, the most dispensable first.
    fn candidates(&self, needs: &Needs) -> io::Result<Vec<Candidate>> {
        let mut candidates = Vec::new();
        for entry in fs::read_dir(self.folder.path(DIRECTORY))? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                continue;
            };
            // Parts and validators bear the name of their file.
            let named = name.split('.').next().and_then(|hash| hash.parse().ok());
            let Some(sha256) = named else {
                continue;
            };
            let changed = entry.metadata().and_then(|metadata| metadata.modified());
            candidates.push(Candidate {
                need: needs.of(sha256),
                changed: changed.unwrap_or(SystemTime::UNIX_EPOCH),
                name: format!("{DIRECTORY}/{name}"),
            });
        }
        candidates.sort_by_key(|candidate| (candidate.need, candidate.changed));
        Ok(candidates)
    }
}
