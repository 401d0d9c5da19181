//! Files as sponsors really send them: each is accepted, or ends in a sentence that says what to
//! do. `end2end/clips/make-sponsors.sh` tells how they were made.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use api::limit::PICTURE_BYTES;
use api::video::{Video, VideoKind};
use image::{DynamicImage, ImageFormat, RgbaImage};

use crate::support::{World, admin};

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
        ("logo-anime.png", ErrorCode::PictureAnimated, "animée"),
    ] {
        refused(&world, name, &sent(name), code, words).await;
    }
    assert_eq!(world.files_in("videos"), 0);
}

async fn refused(world: &World, name: &str, bytes: &[u8], code: ErrorCode, words: &str) {
    let refused = world.upload_bytes(name, bytes).await;
    let refusal = ApiError::from(refused.unwrap_err());
    assert_eq!(refusal.code, code, "{name}");
    let french = refusal.in_language(Language::Fr).message;
    let french = french.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        french.contains(words) && french.contains("Demandez"),
        "{name}: {french}"
    );
}

#[tokio::test]
async fn logos_and_photos_are_accepted_with_a_thumbnail_and_ten_seconds() {
    let world = World::on_sqlite().await;
    for (name, codec, size) in [
        ("photo.jpg", "JPEG", (1280, 720)),
        ("logo.png", "PNG", (400, 200)),
        // As it is shown: a phone notes how it was held.
        ("photo-tournee.jpg", "JPEG", (180, 320)),
        ("photo-progressive.jpg", "JPEG", (320, 180)),
        ("affiche-cmjn.jpg", "JPEG", (320, 180)),
    ] {
        let video = accepted(&world, name).await;
        assert_eq!(video.kind, VideoKind::Picture, "{name}");
        assert_eq!((video.width, video.height), size, "{name}");
        assert_eq!(
            (video.video_codec.as_str(), video.duration_ms),
            (codec, 10_000)
        );
        assert!(
            video.audio_codec.is_none() && video.frame_rate < 0.1,
            "{name}"
        );
        let videos = world.domain.videos();
        let file = videos.file(&admin(), video.id).await.unwrap();
        let kind = format!("image/{}", codec.to_lowercase());
        assert_eq!(file.content_type, kind, "{name}");
        assert!(video.has_thumbnail, "{name}");
        let kept = videos.thumbnail(&admin(), video.id).await.unwrap();
        let kept = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).unwrap();
        assert_eq!((kept.width(), kept.height()), (480, 270), "{name}");
    }
}

/// A picture without anything on it.
fn blank(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(RgbaImage::new(width, height))
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn pictures_that_no_screen_shows_well_end_in_a_sentence_too() {
    let world = World::on_sqlite().await;
    let (photo, logo) = (sent("photo.jpg"), sent("logo.png"));
    let mut heavy = photo.clone();
    heavy.resize(usize::try_from(PICTURE_BYTES).unwrap() + 1, 0);
    let (broken, size) = (ErrorCode::PictureBroken, ErrorCode::PictureSizeRefused);
    for (name, bytes, code, words) in [
        ("coupee.jpg", &photo[..photo.len() / 2], broken, "abîmée"),
        ("coupe.png", &logo[..logo.len() - 30], broken, "abîmée"),
        ("lourde.jpg", &heavy, ErrorCode::PictureTooLarge, "20 Mo"),
        ("bandeau.png", &blank(4097, 16), size, "4096 pixels"),
        ("colonne.png", &blank(16, 4097), size, "4096 pixels"),
        ("pixel.png", &blank(15, 300), size, "16 à"),
    ] {
        refused(&world, name, bytes, code, words).await;
    }
    accepted_blank(&world).await;
    for (name, head) in [
        ("logo.gif", b"GIF89a\x01\0\x01\0".as_slice()),
        ("logo.webp", b"RIFF\x24\0\0\0WEBPVP8 "),
        ("IMG_0001.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("charte.pdf", b"%PDF-1.7\n"),
        (
            "logo.svg",
            b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
    ] {
        let code = ErrorCode::PictureKindRefused;
        refused(&world, name, head, code, "en PNG pour un logo").await;
    }
    assert_eq!(
        (world.files_in("incoming"), world.files_in("videos")),
        (0, 1)
    );
}

/// Content decides, and the limits are what they say.
async fn accepted_blank(world: &World) {
    let uploaded = world.upload_bytes("film.mp4", &blank(4096, 256)).await;
    let video = uploaded.unwrap().video;
    assert_eq!((video.width, video.height), (4096, 256));
}
