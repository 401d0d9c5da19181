use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use api::hash::FileHash;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Condition, Needs, Store};
use crate::folder::{Folder, Space};

/// A store with four files of 1 000 bytes, the oldest first, that may take `limit` bytes.
fn store_in(directory: &TempDir, limit: u64) -> (Store, [FileHash; 4]) {
    let space = Space {
        reserve: 0,
        keep_free: 500,
        limit: Some(limit),
    };
    let folder = Folder::open(directory.path(), space, None).unwrap();
    let store = Store::open(&folder).unwrap();
    let files = [1, 2, 3, 4].map(|number: u8| {
        let bytes = vec![number; 1_000];
        let sha256 = FileHash(Sha256::digest(&bytes).into());
        fs::write(store.path(sha256), bytes).unwrap();
        let age = Duration::from_mins(10 - u64::from(number));
        let file = File::options().append(true).open(store.path(sha256));
        file.unwrap().set_modified(SystemTime::now() - age).unwrap();
        sha256
    });
    (store, files)
}

fn here(store: &Store, files: [FileHash; 4]) -> [bool; 4] {
    files.map(|sha256| store.path(sha256).exists())
}

fn needs(now: &[FileHash], before: &[FileHash]) -> Needs {
    Needs {
        now: now.iter().copied().collect(),
        before: before.iter().copied().collect(),
    }
}

#[test]
fn room_is_made_by_what_is_needed_least_and_oldest_first() {
    let directory = tempfile::tempdir().unwrap();
    let (store, files) = store_in(&directory, 4_700);
    let [oldest, old, new, newest] = files;
    let needs = needs(&[oldest], &[old]);
    assert!(store.make_room(200, &needs).unwrap());
    assert_eq!(here(&store, files), [true; 4], "there is room already");
    assert!(store.make_room(1_000, &needs).unwrap());
    assert_eq!(here(&store, files), [true, true, false, true]);
    assert!(store.make_room(3_000, &needs).unwrap());
    assert_eq!(here(&store, files), [true, false, false, false]);
    assert!(!store.make_room(4_000, &needs).unwrap());
    assert!(store.path(oldest).exists(), "what is shown stays");
    assert!(!store.path(new).exists() && !store.path(newest).exists());
}

#[test]
fn what_nothing_needs_goes_with_all_that_was_begun_of_it() {
    let directory = tempfile::tempdir().unwrap();
    let (store, files) = store_in(&directory, 100_000);
    let path = store.path(files[2]);
    for kind in ["part", "etag", "etag.new"] {
        fs::write(path.with_extension(kind), b"x").unwrap();
    }
    let stranger = directory.path().join("files/README");
    fs::write(&stranger, b"x").unwrap();
    store.evict(&needs(&files[..1], &files[1..2])).unwrap();
    assert_eq!(here(&store, files), [true, true, false, false]);
    let left = fs::read_dir(directory.path().join("files")).unwrap();
    assert_eq!(left.count(), 3);
    assert!(stranger.exists(), "it is not ours");
}

#[test]
fn a_file_that_is_not_what_its_name_says_does_not_stay() {
    let directory = tempfile::tempdir().unwrap();
    let (store, files) = store_in(&directory, 100_000);
    let check = |sha256| store.check(sha256, Duration::ZERO).unwrap();
    assert_eq!(check(files[0]), Condition::Whole);
    fs::write(store.path(files[0]), vec![9; 1_000]).unwrap();
    assert_eq!(check(files[0]), Condition::Damaged);
    assert_eq!(check(files[0]), Condition::Missing);
}
