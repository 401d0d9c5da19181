//! The preview seeks: whole files, ranges, and what the browser has already.

use api::error::ErrorCode;
use axum::body::Body;
use http::{Method, header};

use crate::support::visitor::Visitor;
use crate::support::{TestApp, clip};

async fn preview(app: &TestApp) -> (Visitor, String) {
    let path = format!("/api/v1/videos/{}/file", app.video("sound.mp4").await);
    (app.admin().await, path)
}

#[tokio::test]
async fn the_whole_film_comes_with_everything_that_a_player_needs() {
    let app = TestApp::start().await;
    let film = clip::read("sound.mp4");
    let (admin, path) = preview(&app).await;
    let answer = admin.get(&path).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, film);
    for (name, expected) in [
        ("content-type", "video/mp4"),
        ("accept-ranges", "bytes"),
        ("content-disposition", "inline"),
        ("x-content-type-options", "nosniff"),
        ("content-length", &film.len().to_string()),
    ] {
        assert_eq!(answer.header(name), expected, "{name}");
    }
    assert!(answer.header("cache-control").starts_with("private"));
    let head = admin.send(Method::HEAD, &path, Body::empty()).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), film.len().to_string());
}

#[tokio::test]
async fn parts_of_it_are_exact() {
    let app = TestApp::start().await;
    let film = clip::read("sound.mp4");
    let size = film.len();
    let (admin, path) = preview(&app).await;
    for (range, bytes) in [
        ("bytes=0-99", 0..100),
        ("bytes=100-", 100..size),
        ("bytes=-100", size - 100..size),
    ] {
        let answer = admin.clone().with(header::RANGE, range).get(&path).await;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.body, film[bytes.clone()], "{range}");
        let expected = format!("bytes {}-{}/{size}", bytes.start, bytes.end - 1);
        assert_eq!(answer.header("content-range"), expected);
    }
    let beyond = admin
        .clone()
        .with(header::RANGE, &format!("bytes={size}-"))
        .get(&path)
        .await;
    assert_eq!(beyond.refusal(), (416, ErrorCode::RangeNotSatisfiable));
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    let several = admin.with(header::RANGE, "bytes=0-1,4-5").get(&path).await;
    assert_eq!((several.status, several.body.len()), (200, size));
}

#[tokio::test]
async fn a_part_counts_for_the_same_bytes_only() {
    let app = TestApp::start().await;
    let (admin, path) = preview(&app).await;
    let etag = admin.get(&path).await.header("etag").to_owned();
    let resumed = admin
        .clone()
        .with(header::RANGE, "bytes=10-")
        .with(header::IF_RANGE, &etag);
    assert_eq!(resumed.get(&path).await.status, 206);
    let other = admin
        .clone()
        .with(header::RANGE, "bytes=10-")
        .with(header::IF_RANGE, "\"x\"");
    assert_eq!(other.get(&path).await.status, 200);
    let known = admin.with(header::IF_NONE_MATCH, &etag).get(&path).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
}

#[tokio::test]
async fn pictures_come_as_what_they_are() {
    let app = TestApp::start().await;
    for (name, kind) in [("picture.jpg", "image/jpeg"), ("picture.png", "image/png")] {
        let path = format!("/api/v1/videos/{}/file", app.video(name).await);
        let answer = app.admin().await.get(&path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.body, clip::read(name));
    }
}
