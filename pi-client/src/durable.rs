//! Files that are whole after a power cut at any instruction.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Who may read a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Access {
    /// Its owner alone.
    Private,
    /// Every user of the machine.
    Public,
}

/// Writes a file so that it holds the old bytes or the new ones, never a part of them.
pub(crate) fn write(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let temporary = path.with_extension("new");
    let mode = match access {
        Access::Private => 0o600,
        Access::Public => 0o644,
    };
    // Left behind by a cut: its mode may be another's.
    if temporary.exists() {
        fs::remove_file(&temporary)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    rename(&temporary, path)
}

/// Renames a file and makes the new name survive a power cut.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    let directory = to.parent().unwrap_or_else(|| Path::new("."));
    File::open(directory)?.sync_all()
}
