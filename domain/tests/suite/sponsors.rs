//! Files as sponsors really send them: each is accepted, or ends in a sentence that says what to
//! do. `end2end/clips/make-sponsors.sh` tells how they were made.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use api::video::Video;

use crate::support::World;

fn sent(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/clips/sponsors");
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

async fn accepted(world: &World, name: &str) -> Video {
    let uploaded = world.upload_bytes(name, &sent(name)).await;
    uploaded
        .unwrap_or_else(|error| panic!("{name}: {error}"))
        .video
}

#[tokio::test]
async fn what_a_screen_plays_is_accepted() {
    let world = World::on_sqlite().await;
    for (name, size, rate, duration_ms) in [
        ("iphone-h264.mov", (1920, 1080), 30.0, 1_000),
        ("portrait.mp4", (1080, 1920), 30.0, 1_000),
        ("50-images.mp4", (1920, 1080), 50.0, 1_000),
        ("cadence-variable.mp4", (640, 360), 8.1, 2_833),
        ("sans-son.mp4", (1280, 720), 25.0, 1_000),
        ("deux-heures.mp4", (320, 180), 0.5, 7_200_000),
    ] {
        let video = accepted(&world, name).await;
        assert_eq!((video.width, video.height), size, "{name}");
        assert!((video.frame_rate - rate).abs() < 0.1, "{name}: {video:?}");
        assert!(
            video.duration_ms.abs_diff(duration_ms) < 50,
            "{name}: {video:?}"
        );
        let sounds = name.starts_with("iphone");
        assert_eq!(video.audio_codec.is_some(), sounds, "{name}");
    }
}

#[tokio::test]
async fn what_no_screen_plays_ends_in_a_sentence_that_says_what_to_do() {
    let world = World::on_sqlite().await;
    for (name, code, words) in [
        (
            "iphone-hevc.mov",
            ErrorCode::VideoCodecRefused,
            "Sur iPhone",
        ),
        ("studio-prores.mov", ErrorCode::VideoCodecRefused, "H.264"),
        ("4k.mp4", ErrorCode::VideoResolutionRefused, "1920 × 1080"),
        (
            "studio-444.mp4",
            ErrorCode::VideoProfileRefused,
            "8 bits, 4:2:0",
        ),
        (
            "studio-10-bits.mp4",
            ErrorCode::VideoProfileRefused,
            "8 bits, 4:2:0",
        ),
        (
            "photo.jpg",
            ErrorCode::VideoNotRecognised,
            "n’est pas une vidéo",
        ),
        (
            "logo.png",
            ErrorCode::VideoNotRecognised,
            "n’est pas une vidéo",
        ),
    ] {
        let refused = world.upload_bytes(name, &sent(name)).await;
        let refusal = ApiError::from(refused.unwrap_err());
        assert_eq!(refusal.code, code, "{name}");
        let french = refusal.in_language(Language::Fr).message;
        assert!(
            french.contains(words) && french.contains("Demandez"),
            "{name}: {french}"
        );
    }
    assert_eq!(world.files_in("videos"), 0);
}
