//! What reached the disk, in its order: tests cut the power after each step of it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

/// One change of the folder. Files are numbered, for their names change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Operation {
    /// A new, empty file got this name.
    Create {
        /// The file.
        file: u64,
        /// Its name.
        name: String,
    },
    /// A file got another name; what had that name is gone.
    Rename {
        /// Before.
        from: String,
        /// Since.
        to: String,
    },
    /// A name is gone.
    Remove {
        /// The name.
        name: String,
    },
    /// Bytes of a file changed.
    Write {
        /// The file.
        file: u64,
        /// Where.
        offset: u64,
        /// What stands there now.
        bytes: Vec<u8>,
    },
    /// A file got this length.
    SetLen {
        /// The file.
        file: u64,
        /// In bytes.
        length: u64,
    },
    /// The file's bytes so far survive a power cut.
    Sync {
        /// The file.
        file: u64,
    },
    /// The names of this directory survive a power cut.
    SyncNames {
        /// The directory, empty for the folder itself.
        directory: String,
    },
    /// The test noted that somebody was told something.
    Mark(String),
}

/// Writes down every change; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    operations: Vec<Operation>,
    names: HashMap<String, u64>,
    files: u64,
}

impl Witness {
    /// Everything so far.
    pub fn operations(&self) -> Vec<Operation> {
        self.seen.lock().operations.clone()
    }

    /// Notes that somebody was told something at this moment.
    pub fn mark(&self, text: &str) {
        let mark = Operation::Mark(text.to_owned());
        self.seen.lock().operations.push(mark);
    }

    /// A file was opened; its number.
    pub(super) fn opened(&self, name: &str, there: bool) -> u64 {
        let seen = &mut *self.seen.lock();
        if let Some(file) = seen.names.get(name).filter(|_| there) {
            return *file;
        }
        seen.files += 1;
        let file = seen.files;
        seen.names.insert(name.to_owned(), file);
        let name = name.to_owned();
        seen.operations.push(Operation::Create { file, name });
        file
    }

    pub(super) fn renamed(&self, from: &str, to: &str) {
        let seen = &mut *self.seen.lock();
        if let Some(file) = seen.names.remove(from) {
            seen.names.insert(to.to_owned(), file);
        }
        seen.operations.push(Operation::Rename {
            from: from.to_owned(),
            to: to.to_owned(),
        });
    }

    pub(super) fn removed(&self, name: &str) {
        let seen = &mut *self.seen.lock();
        seen.names.remove(name);
        let name = name.to_owned();
        seen.operations.push(Operation::Remove { name });
    }

    pub(super) fn wrote(&self, file: u64, offset: u64, bytes: &[u8]) {
        let bytes = bytes.to_vec();
        self.note(Operation::Write {
            file,
            offset,
            bytes,
        });
    }

    pub(super) fn set_len(&self, file: u64, length: u64) {
        self.note(Operation::SetLen { file, length });
    }

    pub(super) fn synced(&self, file: u64) {
        self.note(Operation::Sync { file });
    }

    pub(super) fn synced_names(&self, beside: &str) {
        let directory = Path::new(beside).parent().unwrap_or(Path::new(""));
        let directory = directory.display().to_string();
        self.note(Operation::SyncNames { directory });
    }

    fn note(&self, operation: Operation) {
        self.seen.lock().operations.push(operation);
    }
}
