//! `Leptos.toml` is read by the deployed server, `Cargo.toml` by cargo-leptos: they agree.

use std::collections::BTreeMap;
use std::path::Path;

/// What only the build needs.
const BUILD_ONLY: [&str; 12] = [
    "bin-package",
    "bin-target",
    "bin-exe-name",
    "lib-package",
    "watch-additional-files",
    "browserquery",
    "disable-erase-components",
    "tailwind-input-file",
    "assets-dir",
    "bin-features",
    "lib-features",
    "lib-profile-release",
];

#[test]
fn both_files_say_the_same() {
    let mut built = options("Cargo.toml");
    let mut served = options("Leptos.toml");
    built.retain(|key, _| !BUILD_ONLY.contains(&key.as_str()));
    served.retain(|key, _| !SERVED_ONLY.contains(&key.as_str()));
    assert!(served.len() > 5, "{served:?}");
    assert_eq!(served, built);
}

/// What only the deployed server needs.
const SERVED_ONLY: [&str; 1] = ["env"];

/// The keys of `[[workspace.metadata.leptos]]`, the last section of both files.
fn options(file: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once("[[workspace.metadata.leptos]]").unwrap();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let pairs = lines.filter_map(|line| line.split_once(" = "));
    pairs
        .filter(|(key, _)| !key.starts_with('#'))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
