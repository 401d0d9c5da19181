//! The library.

use api::error::ErrorCode;
use api::id::VideoId;
use api::permission::Role;
use api::video::{NewVideo, VideoFilter, VideoOrder};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

use crate::support::library::film;
use crate::support::{World, admin, code_of, on_every_database, somebody};

on_every_database!(
    a_film_is_kept_with_what_its_container_says,
    every_unfit_file_is_refused_and_leaves_nothing,
    the_same_bytes_are_recognised,
    the_same_bytes_at_the_same_time_are_kept_once,
    an_interrupted_upload_leaves_nothing,
    videos_are_searched_ordered_and_paged,
    a_video_is_renamed,
    a_thumbnail_is_redrawn_and_kept,
    a_viewer_changes_nothing,
);

async fn a_film_is_kept_with_what_its_container_says(world: World) {
    let bytes = film("sound.mp4");
    let uploaded = world.upload_bytes("Spot Martin.mp4", &bytes).await.unwrap();
    assert!(!uploaded.already_known);
    let video = uploaded.video;
    assert_eq!(video.name, "Spot Martin");
    assert_eq!(video.size, bytes.len() as u64);
    assert_eq!(
        (video.width, video.height, video.duration_ms),
        (320, 180, 1000)
    );
    assert!((video.frame_rate - 25.0).abs() < 0.01);
    assert_eq!(video.video_codec, "h264");
    assert_eq!(video.audio_codec.as_deref(), Some("aac"));
    assert_eq!(
        world.domain.videos().get(&admin(), video.id).await.unwrap(),
        video
    );

    let file = world
        .domain
        .videos()
        .file(&admin(), video.id)
        .await
        .unwrap();
    assert_eq!((file.size, file.content_type), (video.size, "video/mp4"));
    assert_eq!(file.etag, format!("\"{}\"", video.sha256));
    let pieces: Vec<Bytes> = file
        .read(100..video.size)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(pieces.concat(), bytes[100..]);
}

async fn every_unfit_file_is_refused_and_leaves_nothing(world: World) {
    let truncated = &film("silent.mp4")[..2000];
    for (name, bytes, code) in [
        ("empty.mp4", vec![], ErrorCode::VideoEmpty),
        (
            "text.mp4",
            b"Bonjour !".to_vec(),
            ErrorCode::VideoNotRecognised,
        ),
        ("cut.mp4", truncated.to_vec(), ErrorCode::VideoTruncated),
        ("hevc.mp4", film("hevc.mp4"), ErrorCode::VideoCodecRefused),
        ("mp3.mp4", film("mp3.mp4"), ErrorCode::AudioCodecRefused),
        (
            "large.mp4",
            film("large.mp4"),
            ErrorCode::VideoResolutionRefused,
        ),
    ] {
        let refused = world.upload_bytes(name, &bytes).await;
        assert_eq!(code_of(refused), code, "{name}");
    }
    let mut world = world;
    world.settings.video_bytes = Some(5000);
    let world = world.restarted().await;
    let large = world.upload_bytes("large.mp4", &film("sound.mp4")).await;
    assert_eq!(code_of(large), ErrorCode::VideoTooLarge);

    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 0)
    );
    let videos = world.domain.videos();
    assert_eq!(
        videos
            .list(&admin(), VideoFilter::default())
            .await
            .unwrap()
            .total,
        0
    );
}

async fn the_same_bytes_are_recognised(world: World) {
    let first = world.upload("silent.mp4").await;
    let again = world
        .upload_bytes("another name.mp4", &film("silent.mp4"))
        .await;
    let again = again.unwrap();
    assert!(again.already_known);
    assert_eq!(again.video, first);
    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 1)
    );
}

async fn the_same_bytes_at_the_same_time_are_kept_once(world: World) {
    let bytes = film("silent.mp4");
    let uploads = (0..4).map(|_| world.upload_bytes("silent.mp4", &bytes));
    let uploads = futures::future::try_join_all(uploads).await.unwrap();
    assert!(
        uploads
            .iter()
            .all(|upload| upload.video.id == uploads[0].video.id)
    );
    assert_eq!(
        uploads
            .iter()
            .filter(|upload| !upload.already_known)
            .count(),
        1
    );
    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 1)
    );
}

async fn an_interrupted_upload_leaves_nothing(world: World) {
    let new = || NewVideo {
        file_name: "spot.mp4".to_owned(),
    };
    let begun = || stream::iter([Ok(Bytes::from(film("sound.mp4")[..3000].to_vec()))]);
    let broken = begun().chain(stream::iter([Err(std::io::ErrorKind::BrokenPipe.into())]));
    let videos = world.domain.videos();
    let refused = videos.upload(&admin(), new(), 0, broken).await;
    assert_eq!(code_of(refused), ErrorCode::Transport);

    // The browser goes away: its request is dropped in the middle.
    let stalled = begun().chain(stream::pending());
    let (actor, upload) = (admin(), videos);
    let dropped = upload.upload(&actor, new(), 0, stalled);
    let patience = std::time::Duration::from_millis(200);
    assert!(tokio::time::timeout(patience, dropped).await.is_err());
    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 0)
    );
}

async fn videos_are_searched_ordered_and_paged(world: World) {
    world.three_videos().await;
    let names = async |filter: VideoFilter| {
        let page = world.domain.videos().list(&admin(), filter).await.unwrap();
        let names: Vec<String> = page.items.into_iter().map(|video| video.name).collect();
        (names.join(" "), page.total)
    };
    let of = |order| VideoFilter {
        order,
        ..VideoFilter::default()
    };
    assert_eq!(names(of(VideoOrder::Newest)).await.0, "other sound silent");
    assert_eq!(names(of(VideoOrder::Name)).await.0, "other silent sound");
    assert!(names(of(VideoOrder::Longest)).await.0.starts_with("other "));
    let page = VideoFilter {
        page: Some(2),
        per_page: Some(2),
        ..of(VideoOrder::Name)
    };
    assert_eq!(names(page).await, ("sound".to_owned(), 3));
    for (search, found) in [
        ("SOU", "sound"),
        ("%", ""),
        ("_", ""),
        (" ", "other sound silent"),
    ] {
        let filter = VideoFilter {
            search: Some(search.to_owned()),
            ..VideoFilter::default()
        };
        assert_eq!(names(filter).await.0, found, "{search}");
    }
}

async fn a_video_is_renamed(world: World) {
    let id = world.upload("silent.mp4").await.id;
    let videos = world.domain.videos();
    let renamed = videos
        .rename(&admin(), id, " Boulan\0gerie\n".to_owned())
        .await;
    assert_eq!(renamed.unwrap().name, "Boulangerie");
    for name in [String::new(), "x".repeat(121)] {
        assert_eq!(
            code_of(videos.rename(&admin(), id, name).await),
            ErrorCode::Invalid
        );
    }
    let unknown = videos
        .rename(&admin(), VideoId::new(), "x".to_owned())
        .await;
    assert_eq!(code_of(unknown), ErrorCode::NotFound);
}

async fn a_thumbnail_is_redrawn_and_kept(world: World) {
    let id = world.upload("silent.mp4").await.id;
    let videos = world.domain.videos();
    assert_eq!(
        code_of(videos.thumbnail(&admin(), id).await),
        ErrorCode::NotFound
    );
    let refused = videos
        .set_thumbnail(&admin(), id, film("picture.png").into())
        .await;
    assert_eq!(code_of(refused), ErrorCode::ThumbnailRefused);
    let drawn = Bytes::from(film("picture.jpg"));
    videos
        .set_thumbnail(&admin(), id, drawn.clone())
        .await
        .unwrap();
    let kept = videos.thumbnail(&admin(), id).await.unwrap();
    assert!(kept != drawn && kept.starts_with(&[0xff, 0xd8]));
    assert!(videos.get(&admin(), id).await.unwrap().has_thumbnail);
}

async fn a_viewer_changes_nothing(world: World) {
    let (viewer, id) = (somebody(Role::Viewer), world.upload("silent.mp4").await.id);
    let videos = world.domain.videos();
    assert_eq!(
        code_of(videos.rename(&viewer, id, "x".to_owned()).await),
        ErrorCode::Forbidden
    );
    let new = NewVideo {
        file_name: "x.mp4".to_owned(),
    };
    let upload = videos.upload(&viewer, new, 0, stream::empty()).await;
    assert_eq!(code_of(upload), ErrorCode::Forbidden);
    let sponsor = somebody(Role::Sponsor);
    assert_eq!(
        code_of(videos.get(&sponsor, id).await),
        ErrorCode::Forbidden
    );
    assert!(videos.get(&viewer, id).await.is_ok());
}
