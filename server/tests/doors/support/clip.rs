//! Real films.

use std::path::PathBuf;

/// A file of the domain's fixtures.
pub fn read(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap()
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../domain/tests/fixtures")
        .join(name)
}
