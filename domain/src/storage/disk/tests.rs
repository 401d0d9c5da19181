use api::id::UploadId;
use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use futures::{StreamExt, TryStreamExt, stream};
use tempfile::TempDir;

use super::super::{ObjectKey, ObjectKind, ReceiveError, Storage};
use super::Disk;

const HOUR: TimeDelta = TimeDelta::hours(1);

async fn storage() -> (TempDir, Storage) {
    let folder = TempDir::new().unwrap();
    let disk = Disk::open(folder.path()).await.unwrap();
    (folder, Storage::Disk(disk))
}

fn files(folder: &TempDir, name: &str) -> usize {
    std::fs::read_dir(folder.path().join(name)).unwrap().count()
}

#[tokio::test]
async fn a_kept_file_reads_back_by_range() {
    let (folder, storage) = storage().await;
    let content: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let pieces = stream::iter(content.chunks(1000).map(Bytes::copy_from_slice).map(Ok));
    let incoming = storage.receive(pieces, 200_000).await.unwrap();
    let sha256 = incoming.sha256();
    let key = ObjectKey::fresh(ObjectKind::Video, sha256);
    storage.keep(&key, incoming).await.unwrap();
    assert!(key.0.ends_with(&sha256.to_string()), "{key:?}");
    assert_eq!(
        (files(&folder, "incoming"), files(&folder, "videos")),
        (0, 1)
    );

    let stored = storage
        .open_file(&key, (sha256, 200_000), "video/mp4")
        .await;
    let pieces = stored.unwrap().read(70_000..199_999).await.unwrap();
    let pieces: Vec<Bytes> = pieces.try_collect().await.unwrap();
    assert!(pieces.iter().all(|piece| piece.len() <= 64 * 1024));
    assert_eq!(pieces.concat(), content[70_000..199_999]);
}

#[tokio::test]
async fn an_interrupted_or_oversized_upload_leaves_nothing() {
    let (folder, storage) = storage().await;
    let broken = stream::iter([Ok(Bytes::from_static(b"abc"))]).chain(stream::once(async {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }));
    let error = storage.receive(Box::pin(broken), 10).await.unwrap_err();
    assert!(matches!(error, ReceiveError::Interrupted(_)), "{error:?}");
    let long = stream::repeat_with(|| Ok(Bytes::from_static(b"abcd")));
    let error = storage.receive(long, 10).await.unwrap_err();
    assert!(matches!(error, ReceiveError::TooLarge(10)), "{error:?}");
    assert_eq!(files(&folder, "incoming"), 0);
}

#[tokio::test]
async fn only_parts_that_lost_their_process_are_collected() {
    let (folder, storage) = storage().await;
    std::fs::write(folder.path().join("incoming/a.part"), "left").unwrap();
    storage.collect_parts(Utc::now() - HOUR).await.unwrap();
    assert_eq!(files(&folder, "incoming"), 1);
    storage.collect_parts(Utc::now() + HOUR).await.unwrap();
    assert_eq!(files(&folder, "incoming"), 0);
}

#[tokio::test]
async fn an_upload_grows_and_forgets_what_was_never_acknowledged() {
    let (folder, storage) = storage().await;
    let (upload, part) = (UploadId::new(), async |bytes: &'static [u8]| {
        let bytes = stream::iter([Ok(Bytes::from_static(bytes))]);
        storage.receive(bytes, 100).await.unwrap()
    });
    storage.append(upload, 0, part(b"abc").await).await.unwrap();
    storage
        .append(upload, 3, part(b"lost").await)
        .await
        .unwrap();
    storage.append(upload, 3, part(b"de").await).await.unwrap();
    let whole = storage.assembled(upload, 5).await.unwrap();
    assert_eq!(std::fs::read(whole.path()).unwrap(), b"abcde");
    assert_eq!(whole.sha256(), part(b"abcde").await.sha256());

    let key = ObjectKey::fresh(ObjectKind::Video, whole.sha256());
    storage.keep(&key, whole).await.unwrap();
    assert_eq!(storage.read(&key).await.unwrap().as_ref(), b"abcde");
    storage.discard(upload).await.unwrap();
    storage.discard(upload).await.unwrap();
    assert_eq!(files(&folder, "incoming"), 0);
}

#[tokio::test]
async fn an_upload_whose_bytes_are_gone_says_so() {
    let (_folder, storage) = storage().await;
    let gone = storage.assembled(UploadId::new(), 5).await.unwrap_err();
    assert_eq!(gone.kind(), std::io::ErrorKind::NotFound);
    let part = stream::iter([Ok(Bytes::from_static(b"abc"))]);
    let part = storage.receive(part, 3).await.unwrap();
    let gone = storage.append(UploadId::new(), 5, part).await.unwrap_err();
    assert_eq!(gone.kind(), std::io::ErrorKind::NotFound);
}
