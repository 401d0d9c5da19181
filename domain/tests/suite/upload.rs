//! Files on their way into the library, in parts.

use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use api::id::UploadId;
use api::limit::{CHUNK_BYTES, OPEN_UPLOADS, VIDEO_BYTES};
use api::permission::Role;
use api::upload::{Chunk, NewUpload};
use domain::Actor;
use futures::{StreamExt, TryStreamExt, stream};

use crate::support::library::film;
use crate::support::parts::{announced, hash};
use crate::support::{World, admin, code_of, on_every_database, somebody};

on_every_database!(
    a_file_in_parts_becomes_a_video,
    what_was_acknowledged_survives_a_killed_server,
    a_part_sent_twice_or_too_early_changes_nothing,
    a_part_sent_twice_at_once_is_written_once,
    a_damaged_or_oversized_part_changes_nothing,
    the_same_file_chosen_again_goes_on_where_it_was,
    a_verdict_that_was_lost_is_given_again,
    an_unfit_file_is_refused_in_the_same_words_each_time,
    a_file_that_is_not_the_announced_one_is_refused,
    too_large_and_empty_files_are_refused_before_their_first_byte,
    a_person_has_so_many_unfinished_uploads,
    an_abandoned_upload_is_collected,
    a_file_that_no_video_names_is_collected,
    an_upload_whose_bytes_are_gone_begins_anew,
    everybody_sees_their_own_uploads_only,
);

async fn a_file_in_parts_becomes_a_video(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "Spot Martin.mp4", bytes.len()).await;
    let upload = upload.unwrap();
    assert_eq!((upload.received, upload.chunk_bytes), (0, CHUNK_BYTES));
    let half = world.append(&anne, upload.id, 0, &bytes[..4000]).await;
    assert_eq!(half.unwrap().received, 4000);
    let uploads = world.domain.uploads();
    let early = uploads.complete(&anne, upload.id).await;
    assert_eq!(code_of(early), ErrorCode::UploadIncomplete);
    let whole = world.append(&anne, upload.id, 4000, &bytes[4000..]).await;
    assert_eq!(whole.unwrap().received, upload.size);

    let uploaded = uploads.complete(&anne, upload.id).await.unwrap();
    assert!(!uploaded.already_known);
    assert_eq!(uploaded.video.name, "Spot Martin");
    assert_eq!(uploaded.video.sha256, hash(&bytes));
    let file = world.domain.videos().file(&anne, uploaded.video.id).await;
    let file = file.unwrap().read(0..upload.size).await.unwrap();
    assert_eq!(file.try_collect::<Vec<_>>().await.unwrap().concat(), bytes);
    assert_eq!(world.files_in("incoming"), 0);
    assert_eq!(uploads.list(&anne).await.unwrap(), []);

    let again = world.send_in_parts(&anne, "Autre nom.mp4", &bytes).await;
    let again = again.unwrap();
    assert!(again.already_known);
    assert_eq!(again.video, uploaded.video);
    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 1)
    );
}

async fn what_was_acknowledged_survives_a_killed_server(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    let half = world.append(&anne, upload.id, 0, &bytes[..4000]).await;
    world.leave_unacknowledged(upload.id, b"half a part that nobody was told of");
    let world = world.restarted().await;
    let uploads = world.domain.uploads();
    assert_eq!(uploads.get(&anne, upload.id).await.unwrap(), half.unwrap());
    let whole = world.append(&anne, upload.id, 4000, &bytes[4000..]).await;
    whole.unwrap();
    world.leave_unacknowledged(upload.id, b"and again");
    let world = world.restarted().await;
    let uploaded = world.domain.uploads().complete(&anne, upload.id).await;
    assert_eq!(uploaded.unwrap().video.sha256, hash(&bytes));
}

async fn a_part_sent_twice_or_too_early_changes_nothing(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    let early = world.append(&anne, upload.id, 3000, &bytes[3000..]).await;
    assert_eq!(early.unwrap().received, 0);
    for _ in 0..2 {
        let sent = world.append(&anne, upload.id, 0, &bytes[..3000]).await;
        assert_eq!(sent.unwrap().received, 3000);
    }
    let nothing = world.append(&anne, upload.id, 3000, &[]).await;
    assert_eq!(nothing.unwrap().received, 3000);
    let rest = world.append(&anne, upload.id, 3000, &bytes[3000..]).await;
    rest.unwrap();
    let uploaded = world.domain.uploads().complete(&anne, upload.id).await;
    assert_eq!(uploaded.unwrap().video.sha256, hash(&bytes));
}

async fn a_part_sent_twice_at_once_is_written_once(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    // A connection that was lost without a word still holds its request open.
    let chunk = Chunk {
        offset: 0,
        sha256: hash(&bytes[..3000]),
    };
    let silent = stream::iter([Ok(bytes[..1000].to_vec().into())]).chain(stream::pending());
    let (domain, actor, id) = (world.domain.clone(), anne.clone(), upload.id);
    let lost = async move { domain.uploads().append(&actor, id, chunk, silent).await };
    let lost = tokio::spawn(lost);
    while world.files_in("incoming") == 0 {
        tokio::task::yield_now().await;
    }
    let same = (0..4).map(|_| world.append(&anne, upload.id, 0, &bytes[..3000]));
    for sent in futures::future::join_all(same).await {
        assert_eq!(sent.unwrap().received, 3000);
    }
    let rest = world.append(&anne, upload.id, 3000, &bytes[3000..]).await;
    rest.unwrap();
    let uploaded = world.domain.uploads().complete(&anne, upload.id).await;
    assert_eq!(uploaded.unwrap().video.sha256, hash(&bytes));
    lost.abort();
}

async fn a_damaged_or_oversized_part_changes_nothing(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    let chunk = Chunk {
        offset: 0,
        sha256: hash(b"something else"),
    };
    let pieces = stream::iter([Ok(bytes[..3000].to_vec().into())]);
    let uploads = world.domain.uploads();
    let damaged = uploads.append(&anne, upload.id, chunk, pieces).await;
    assert_eq!(code_of(damaged), ErrorCode::ChunkCorrupt);
    let beyond = [bytes.as_slice(), b"more"].concat();
    let beyond = world.append(&anne, upload.id, 0, &beyond).await;
    assert_eq!(code_of(beyond), ErrorCode::TooLarge);
    let huge = vec![0; usize::try_from(CHUNK_BYTES).unwrap() + 1];
    let huge = world.append(&anne, upload.id, 0, &huge).await;
    assert_eq!(code_of(huge), ErrorCode::TooLarge);
    assert_eq!(uploads.get(&anne, upload.id).await.unwrap().received, 0);
    assert_eq!(world.files_in("incoming"), 0);
}

async fn the_same_file_chosen_again_goes_on_where_it_was(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    let half = world.append(&anne, upload.id, 0, &bytes[..4000]).await;
    let half = half.unwrap();
    let world = world.restarted().await;
    let again = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    assert_eq!(again, half);
    let uploads = world.domain.uploads();
    let same = announced("spot.mp4", bytes.len());
    for other in [
        announced("other.mp4", bytes.len()),
        announced("spot.mp4", bytes.len() + 1),
        NewUpload {
            modified_ms: Some(1),
            ..same.clone()
        },
        NewUpload {
            modified_ms: None,
            ..same.clone()
        },
    ] {
        assert_eq!(uploads.begin(&anne, other).await.unwrap().received, 0);
    }
    let somebody_else = uploads.begin(&admin(), same).await.unwrap();
    assert_eq!(somebody_else.received, 0);
}

async fn a_verdict_that_was_lost_is_given_again(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let first = world
        .send_in_parts(&anne, "spot.mp4", &bytes)
        .await
        .unwrap();
    let again = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    assert_eq!(again.received, again.size);
    let uploads = world.domain.uploads();
    let both = uploads.complete(&anne, again.id).await.unwrap();
    assert_eq!(both, first);
    // Two askers at once hear the same too.
    let bytes = film("silent.mp4");
    let upload = world.begin(&anne, "other.mp4", bytes.len()).await.unwrap();
    let whole = world.append(&anne, upload.id, 0, &bytes).await;
    whole.unwrap();
    let asked = (0..3).map(|_| uploads.complete(&anne, upload.id));
    let told = futures::future::try_join_all(asked).await.unwrap();
    assert!(told.iter().all(|uploaded| *uploaded == told[0]));
    assert_eq!(world.files_in("videos"), 2);
}

async fn an_unfit_file_is_refused_in_the_same_words_each_time(world: World) {
    let (anne, bytes) = (admin(), film("hevc.mp4"));
    let refused = world.send_in_parts(&anne, "hevc.mp4", &bytes).await;
    assert_eq!(code_of(refused), ErrorCode::VideoCodecRefused);
    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 0)
    );
    let upload = world.begin(&anne, "again.mp4", bytes.len()).await.unwrap();
    world.append(&anne, upload.id, 0, &bytes).await.unwrap();
    let uploads = world.domain.uploads();
    for _ in 0..2 {
        let refused = uploads.complete(&anne, upload.id).await;
        assert_eq!(code_of(refused), ErrorCode::VideoCodecRefused);
    }
    let fresh = world.begin(&anne, "again.mp4", bytes.len()).await.unwrap();
    assert_eq!(fresh.received, 0, "a refused file may be tried again");
}

async fn a_file_that_is_not_the_announced_one_is_refused(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let new = |bytes: &[u8]| NewUpload {
        sha256: Some(hash(bytes)),
        modified_ms: None,
        ..announced("spot.mp4", film("sound.mp4").len())
    };
    let uploads = world.domain.uploads();
    for (announced, expected) in [
        (new(b"other"), Err(ErrorCode::UploadCorrupt)),
        (new(&bytes), Ok(())),
    ] {
        let upload = uploads.begin(&anne, announced).await.unwrap();
        world.append(&anne, upload.id, 0, &bytes).await.unwrap();
        let ended = uploads.complete(&anne, upload.id).await;
        let ended = ended.map(drop).map_err(|error| code_of::<()>(Err(error)));
        assert_eq!(ended, expected);
    }
}

async fn too_large_and_empty_files_are_refused_before_their_first_byte(world: World) {
    let (anne, uploads) = (admin(), world.domain.uploads());
    for (size, code) in [
        (0, ErrorCode::VideoEmpty),
        (VIDEO_BYTES + 1, ErrorCode::VideoTooLarge),
        (u64::MAX, ErrorCode::VideoTooLarge),
    ] {
        let new = NewUpload {
            size,
            ..announced("spot.mp4", 1)
        };
        assert_eq!(code_of(uploads.begin(&anne, new).await), code);
    }
    let never_read = stream::poll_fn(|_| panic!("a byte was asked for"));
    let new = api::video::NewVideo {
        file_name: "spot.mp4".to_owned(),
    };
    let videos = world.domain.videos();
    let refused = videos.upload(&anne, new, VIDEO_BYTES + 1, never_read).await;
    assert_eq!(code_of(refused), ErrorCode::VideoTooLarge);
}

async fn a_person_has_so_many_unfinished_uploads(world: World) {
    let anne = admin();
    for number in 0..OPEN_UPLOADS {
        let name = format!("spot {number}.mp4");
        world.begin(&anne, &name, 10).await.unwrap();
    }
    let more = world.begin(&anne, "one more.mp4", 10).await;
    assert_eq!(code_of(more), ErrorCode::TooManyUploads);
    assert!(world.begin(&anne, "spot 3.mp4", 10).await.is_ok());
    assert!(world.begin(&admin(), "one more.mp4", 10).await.is_ok());
    let uploads = world.domain.uploads();
    let listed = uploads.list(&anne).await.unwrap();
    assert_eq!(listed.len() as u64, OPEN_UPLOADS);
    uploads.cancel(&anne, listed[0].id).await.unwrap();
    assert!(world.begin(&anne, "one more.mp4", 10).await.is_ok());
}

async fn an_abandoned_upload_is_collected(world: World) {
    let anne = admin();
    let left = world.begin(&anne, "left.mp4", 10).await.unwrap();
    world.append(&anne, left.id, 0, b"abc").await.unwrap();
    let kept = world.begin(&anne, "kept.mp4", 10).await.unwrap();
    world.append(&anne, kept.id, 0, b"abc").await.unwrap();
    world.wait(Duration::from_hours(23));
    world.append(&anne, kept.id, 3, b"def").await.unwrap();
    world.wait(Duration::from_hours(2));
    let uploads = world.domain.uploads();
    uploads.collect(&Actor::System).await.unwrap();
    let gone = uploads.get(&anne, left.id).await;
    assert_eq!(code_of(gone), ErrorCode::NotFound);
    let late = world.append(&anne, left.id, 3, b"def").await;
    assert_eq!(code_of(late), ErrorCode::NotFound);
    assert_eq!(uploads.get(&anne, kept.id).await.unwrap().received, 6);
    assert_eq!(world.files_in("incoming"), 1);
    uploads.cancel(&anne, kept.id).await.unwrap();
    assert_eq!(world.files_in("incoming"), 0);
}

async fn a_file_that_no_video_names_is_collected(world: World) {
    let kept = world.upload("silent.mp4").await;
    // A process was killed between a file's name and the row of its video.
    let files = world.settings.data.join("files");
    for folder in ["videos", "thumbnails"] {
        std::fs::write(files.join(folder).join("stray"), "left").unwrap();
    }
    world
        .edit_by_hand(
            "INSERT INTO unclaimed_files (storage_key, since)
                 VALUES ('videos/stray', '2026-01-01T00:00:00+00:00')",
        )
        .await;
    let uploads = world.domain.uploads();
    uploads.collect(&Actor::System).await.unwrap();
    assert_eq!(
        (world.files_in("videos"), world.files_in("thumbnails")),
        (1, 0)
    );
    world.wait(Duration::from_hours(48));
    uploads.collect(&Actor::System).await.unwrap();
    assert!(world.domain.videos().file(&admin(), kept.id).await.is_ok());
}

async fn an_upload_whose_bytes_are_gone_begins_anew(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    for received in [4000, bytes.len()] {
        let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
        assert_eq!(upload.received, 0);
        let sent = world.append(&anne, upload.id, 0, &bytes[..received]).await;
        sent.unwrap();
        world.lose_bytes_of(upload.id);
        let offset = received as u64;
        let rest = world.append(&anne, upload.id, offset, &bytes[received..]);
        // A bucket is not asked for earlier parts before the end.
        let gone = match rest.await {
            Err(error) => ApiError::from(error).code,
            Ok(_) => code_of(world.domain.uploads().complete(&anne, upload.id).await),
        };
        assert_eq!(gone, ErrorCode::NotFound);
    }
    assert!(world.send_in_parts(&anne, "spot.mp4", &bytes).await.is_ok());
}

async fn everybody_sees_their_own_uploads_only(world: World) {
    let (anne, other) = (admin(), admin());
    let id = world.begin(&anne, "spot.mp4", 10).await.unwrap().id;
    let uploads = world.domain.uploads();
    assert_eq!(uploads.list(&other).await.unwrap(), []);
    assert_eq!(code_of(uploads.get(&other, id).await), ErrorCode::NotFound);
    assert_eq!(
        code_of(world.append(&other, id, 0, b"abc").await),
        ErrorCode::NotFound
    );
    assert_eq!(
        code_of(uploads.complete(&other, id).await),
        ErrorCode::NotFound
    );
    assert_eq!(
        code_of(uploads.cancel(&other, id).await),
        ErrorCode::NotFound
    );
    assert_eq!(
        code_of(uploads.get(&anne, UploadId::new()).await),
        ErrorCode::NotFound
    );
    for actor in [
        somebody(Role::Viewer),
        somebody(Role::Sponsor),
        Actor::System,
    ] {
        let refused = world.begin(&actor, "spot.mp4", 10).await;
        assert_eq!(code_of(refused), ErrorCode::Forbidden);
    }
}
