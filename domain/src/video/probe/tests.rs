use std::io::{Seek, SeekFrom, Write};

use api::error::ErrorCode;
use api::video::VideoKind;

use super::{Probed, Sound, read};
use crate::Error;

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

fn probe(bytes: &[u8]) -> Result<Probed, ErrorCode> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    read(file).map_err(|error| match error {
        Error::Refused(refusal) => refusal.code,
        other => panic!("{other}"),
    })
}

#[test]
fn mp4_and_mov_with_h264_are_read() {
    for (name, sound) in [
        ("sound.mp4", Sound::Aac),
        ("sound.mov", Sound::Aac),
        ("silent.mp4", Sound::Silent),
    ] {
        let probed = probe(&fixture(name)).unwrap();
        assert_eq!((probed.width, probed.height), (320, 180), "{name}");
        assert_eq!(probed.duration_ms, 1000, "{name}");
        assert!(
            (probed.frame_rate - 25.0).abs() < 0.01,
            "{name}: {probed:?}"
        );
        assert_eq!(probed.sound, sound, "{name}");
    }
}

#[test]
fn upright_films_may_be_1080_by_1920() {
    let probed = probe(&fixture("upright.mp4")).unwrap();
    assert_eq!((probed.width, probed.height), (1080, 1920));
}

#[test]
fn a_film_turned_by_its_matrix_is_measured_as_it_is_shown() {
    let probed = probe(&fixture("turned.mp4")).unwrap();
    assert_eq!((probed.width, probed.height), (180, 320));
}

#[test]
fn what_a_screen_could_not_play_is_refused_by_its_reason() {
    for (name, code) in [
        ("hevc.mp4", ErrorCode::VideoCodecRefused),
        ("mpeg4.mp4", ErrorCode::VideoCodecRefused),
        ("high444.mp4", ErrorCode::VideoProfileRefused),
        ("mp3.mp4", ErrorCode::AudioCodecRefused),
        ("pcm.mov", ErrorCode::AudioCodecRefused),
        ("large.mp4", ErrorCode::VideoResolutionRefused),
        ("sound-only.m4a", ErrorCode::VideoNotRecognised),
        ("fragmented.mp4", ErrorCode::VideoFragmented),
    ] {
        assert_eq!(probe(&fixture(name)), Err(code), "{name}");
    }
    assert_eq!(probe(b""), Err(ErrorCode::VideoEmpty));
    let text = b"Bonjour, voici la video du sponsor.\n";
    assert_eq!(probe(text), Err(ErrorCode::VideoNotRecognised));
    assert_eq!(probe(b"abc"), Err(ErrorCode::VideoNotRecognised));
}

#[test]
fn a_film_cut_anywhere_after_its_first_box_is_truncated() {
    // `moov` first in one, last in the other.
    for name in ["sound.mp4", "silent.mp4"] {
        let whole = fixture(name);
        for kept in [40, 100, 1000, whole.len() / 2, whole.len() - 1] {
            let cut = probe(&whole[..kept]);
            assert_eq!(cut, Err(ErrorCode::VideoTruncated), "{name} to {kept}");
        }
    }
}

#[test]
fn sample_tables_that_reach_past_the_end_are_truncated() {
    // The box says that it ends with the file: only the tables tell what is missing.
    let mut film = fixture("sound.mp4");
    let mdat = film.windows(4).position(|name| name == b"mdat").unwrap();
    film[mdat - 4..mdat].fill(0);
    film.truncate(film.len() - 500);
    assert_eq!(probe(&film), Err(ErrorCode::VideoTruncated));
}

#[test]
fn damaged_headers_are_refused_without_harm() {
    let film = fixture("silent.mp4");
    let moov = film.windows(4).position(|name| name == b"moov").unwrap();
    for at in moov - 4..film.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut damaged = film.clone();
            damaged[at] = value;
            // Whatever the answer: it must come, without panic.
            let _ = std::hint::black_box(probe(&damaged));
        }
    }
}

#[test]
fn pictures_are_read_to_their_last_pixel() {
    for (name, codec, size) in [
        ("picture.jpg", "JPEG", (640, 480)),
        ("picture.png", "PNG", (64, 48)),
    ] {
        let probed = probe(&fixture(name)).unwrap();
        assert_eq!((probed.kind, probed.codec), (VideoKind::Picture, codec));
        assert_eq!((probed.width, probed.height), size, "{name}");
        assert!(probed.thumbnail.is_some(), "{name}");
    }
}

#[test]
fn a_picture_cut_anywhere_is_broken() {
    for name in ["picture.jpg", "picture.png"] {
        let whole = fixture(name);
        for kept in [20, 100, whole.len() / 2, whole.len() - 20, whole.len() - 1] {
            let cut = probe(&whole[..kept]);
            assert_eq!(cut, Err(ErrorCode::PictureBroken), "{name} to {kept}");
        }
    }
}

#[test]
fn damaged_pictures_are_refused_or_read_without_harm() {
    for name in ["picture.jpg", "picture.png"] {
        let picture = fixture(name);
        // The headers closely, what follows in a few places: decoding takes its time.
        let places = (2..100).step_by(7);
        for at in places.chain((100..picture.len()).step_by(picture.len() / 10)) {
            for value in [0, 0xff] {
                let mut damaged = picture.clone();
                damaged[at] = value;
                // Whatever the answer: it must come, without panic.
                let _ = std::hint::black_box(probe(&damaged));
            }
        }
    }
}
