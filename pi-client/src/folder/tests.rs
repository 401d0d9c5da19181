use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;

use tempfile::TempDir;

use super::{Access, Folder, Space};

fn folder_in(directory: &TempDir, limit: u64) -> Folder {
    let space = Space {
        reserve: 10_000,
        keep_free: 5_000,
        limit: Some(limit),
    };
    Folder::open(directory.path(), space, None).unwrap()
}

#[test]
fn a_file_holds_the_old_bytes_or_the_new_ones() {
    let directory = tempfile::tempdir().unwrap();
    let folder = folder_in(&directory, 1_000);
    folder.write("name", b"old", Access::Public).unwrap();
    folder.write("name", b"new", Access::Public).unwrap();
    let too_much = folder.write("name", &[0; 2_000], Access::Public);
    assert_eq!(too_much.unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert_eq!(fs::read(folder.path("name")).unwrap(), b"new");
}

#[test]
fn the_reserve_is_real_and_comes_and_goes_with_the_room() {
    let directory = tempfile::tempdir().unwrap();
    let folder = folder_in(&directory, 16_000);
    folder.restore_reserve();
    let reserve = fs::metadata(folder.path("reserve")).unwrap();
    assert_eq!(reserve.len(), 10_000);
    assert!(reserve.blocks() * 512 >= 10_000, "no hole");

    folder.write("hog", &[0; 2_000], Access::Public).unwrap();
    assert!(folder.release_reserve());
    assert!(!folder.release_reserve(), "it can be given up once");
    folder.restore_reserve();
    assert!(
        !folder.path("reserve").exists(),
        "downloads would have no room"
    );
    folder.remove_if_there("hog").unwrap();
    folder.restore_reserve();
    assert!(folder.path("reserve").exists());
}

#[test]
fn what_is_left_is_what_the_limit_leaves() {
    let directory = tempfile::tempdir().unwrap();
    let folder = folder_in(&directory, 16_000);
    assert_eq!(folder.free().unwrap(), 16_000);
    folder.write("name", &[0; 1_000], Access::Public).unwrap();
    assert_eq!(folder.free().unwrap(), 15_000);
}
