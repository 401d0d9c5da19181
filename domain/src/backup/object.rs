//! Videos and thumbnails in a backup.

use futures::{StreamExt, stream};

use super::archive::Writer;
use super::manifest::{Manifest, ObjectEntry};
use super::{Outcome, Progress};
use crate::entity::video;
use crate::storage::{ObjectKey, Storage};

const FOLDER: &str = "objects/";

/// The key of an object by its path in the archive, if it may be one: a path never leads out of the
/// two folders of the storage.
pub(super) fn of_path(path: &str) -> Option<&str> {
    let key = path.strip_prefix(FOLDER)?;
    let (folder, name) = key.split_once('/')?;
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    let is_key = ["videos", "thumbnails"].contains(&folder) && name.chars().all(plain);
    (is_key && !name.is_empty()).then_some(key)
}

/// Adds the file and the thumbnail of every video.
pub(super) async fn add_all(
    storage: &Storage,
    videos: Vec<video::Model>,
    writer: &mut Writer,
    manifest: &mut Manifest,
    told: impl Fn(Progress<'_>),
) -> Outcome<()> {
    let of = videos.len();
    for (index, row) in videos.into_iter().enumerate() {
        let size = row.size.unsigned_abs();
        let number = index + 1;
        told(Progress::Object { number, of, size });
        let key = ObjectKey(row.storage_key.clone());
        if row.has_thumbnail {
            add_thumbnail(storage, &key.thumbnail(), writer, manifest).await?;
        }
        let name = row.name.clone();
        if !add_video(storage, row, writer, manifest).await? {
            manifest.lost.push(name);
        }
    }
    Ok(())
}

/// Whether the video's bytes are those that they should be.
async fn add_video(
    storage: &Storage,
    row: video::Model,
    writer: &mut Writer,
    manifest: &mut Manifest,
) -> Outcome<bool> {
    let (key, size, sha256) = (row.storage_key, row.size.unsigned_abs(), row.sha256);
    let Ok(is) = sha256.parse() else {
        return Ok(false);
    };
    let object = ObjectKey(key.clone());
    let Ok(file) = storage.open_file(&object, (is, size), "").await else {
        return Ok(false);
    };
    let Ok(pieces) = file.read(0..size).await else {
        return Ok(false);
    };
    let path = format!("{FOLDER}{key}");
    let is = writer.add_stream(&path, size, pieces).await?;
    if is.as_ref() != Some(&sha256) {
        return Ok(false);
    }
    manifest.objects.push(ObjectEntry { key, size, sha256 });
    Ok(true)
}

/// One that is missing is no loss of proof: the card shows none.
async fn add_thumbnail(
    storage: &Storage,
    key: &ObjectKey,
    writer: &mut Writer,
    manifest: &mut Manifest,
) -> Outcome<()> {
    let Ok(bytes) = storage.read(key).await else {
        return Ok(());
    };
    let size = bytes.len() as u64;
    let path = format!("{FOLDER}{}", key.0);
    let bytes = stream::iter([Ok(bytes)]).boxed();
    if let Some(sha256) = writer.add_stream(&path, size, bytes).await? {
        let key = key.0.clone();
        manifest.objects.push(ObjectEntry { key, size, sha256 });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::of_path;

    #[test]
    fn a_path_never_leads_out_of_the_storage() {
        assert_eq!(of_path("objects/videos/a1-b2"), Some("videos/a1-b2"));
        for path in [
            "objects/videos/../../x",
            "objects/videos/..",
            "objects/videos/",
            "objects/incoming/a",
            "objects//etc/passwd",
            "videos/a",
        ] {
            assert_eq!(of_path(path), None, "{path}");
        }
    }
}
