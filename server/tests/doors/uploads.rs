//! Films on their way in.

use api::error::ErrorCode;
use axum::body::Body;
use http::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::app::VIDEO_BYTES;
use crate::support::{TestApp, clip};

const VIDEOS: &str = "/api/v1/videos?file_name=Boulangerie%20Martin.mp4";

#[tokio::test]
async fn a_film_is_taken_in_and_the_same_film_recognised() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let first = admin.upload(VIDEOS, clip::read("sound.mp4")).await;
    assert_eq!(first.status, 201, "{first:?}");
    insta::assert_json_snapshot!(first.json(), {
        ".video.id" => "[id]",
        ".video.created_at" => "[time]",
    }, @r#"
        {
          "already_known": false,
          "video": {
            "audio_codec": "aac",
            "created_at": "[time]",
            "duration_ms": 1000,
            "frame_rate": 25.0,
            "has_thumbnail": false,
            "height": 180,
            "id": "[id]",
            "kind": "film",
            "missing_since": null,
            "name": "Boulangerie Martin",
            "sha256": "35fdbeb089088e53676897dfb662174b8cb96dec3efafdafa85aad595e84b6ed",
            "sites": 0,
            "size": 7649,
            "tags": [],
            "video_codec": "h264",
            "width": 320
          }
        }
        "#);
    let again = admin.upload(VIDEOS, clip::read("sound.mp4")).await;
    assert_eq!(
        (again.status, &again.json()["already_known"]),
        (200, &json!(true))
    );
    assert_eq!(admin.get("/api/v1/videos").await.json()["total"], 1);
}

#[tokio::test]
async fn every_other_file_is_refused_and_leaves_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let film = clip::read("sound.mp4");
    let truncated = film[..film.len() / 2].to_vec();
    let over = vec![0; usize::try_from(VIDEO_BYTES).unwrap() + 1];
    for (bytes, status, code) in [
        (
            b"Bonjour, voici la video".to_vec(),
            422,
            ErrorCode::VideoNotRecognised,
        ),
        (Vec::new(), 422, ErrorCode::VideoEmpty),
        (truncated, 422, ErrorCode::VideoTruncated),
        (over, 413, ErrorCode::VideoTooLarge),
        (clip::read("hevc.mp4"), 422, ErrorCode::VideoCodecRefused),
        (clip::read("mp3.mp4"), 422, ErrorCode::AudioCodecRefused),
        (
            clip::read("large.mp4"),
            422,
            ErrorCode::VideoResolutionRefused,
        ),
    ] {
        let answer = admin.upload(VIDEOS, bytes).await;
        assert_eq!(answer.refusal(), (status, code), "{answer:?}");
    }
    assert_eq!(admin.get("/api/v1/videos").await.json()["total"], 0);
}

#[tokio::test]
async fn an_interrupted_upload_leaves_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let film = clip::read("sound.mp4");
    let pieces = vec![
        Ok(film[..1024].to_vec()),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ];
    let body = Body::from_stream(futures::stream::iter(pieces));
    let answer = admin.upload(VIDEOS, body).await;
    assert!(answer.status >= 400, "{answer:?}");
    assert_eq!(admin.get("/api/v1/videos").await.json()["total"], 0);
}

#[tokio::test]
async fn a_film_is_taken_in_by_parts() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let film = clip::read("sound.mp4");
    let new =
        json!({ "file_name": "Boulangerie Martin.mp4", "size": film.len(), "modified_ms": 1 });
    let begun = admin.post("/api/v1/uploads", &new).await;
    assert_eq!((begun.status, &begun.json()["received"]), (200, &json!(0)));
    let path = format!("/api/v1/uploads/{}", begun.json()["id"].as_str().unwrap());
    let put = async |offset: usize, sent: &[u8], hashed: &[u8]| {
        let hash = hex::encode(Sha256::digest(hashed));
        let path = format!("{path}/chunks?offset={offset}&sha256={hash}");
        admin
            .send(Method::PUT, &path, Body::from(sent.to_vec()))
            .await
    };
    let damaged = put(0, &film[..3000], b"other").await;
    assert_eq!(damaged.refusal(), (422, ErrorCode::ChunkCorrupt));
    let first = put(0, &film[..3000], &film[..3000]).await;
    assert_eq!(
        (first.status, &first.json()["received"]),
        (200, &json!(3000))
    );
    assert_eq!(admin.get(&path).await.json(), first.json());
    assert_eq!(
        admin.get("/api/v1/uploads").await.json(),
        json!([first.json()])
    );
    let early = admin.post(&format!("{path}/complete"), &json!({})).await;
    assert_eq!(early.refusal(), (409, ErrorCode::UploadIncomplete));
    put(3000, &film[3000..], &film[3000..]).await;
    for _ in 0..2 {
        let kept = admin.post(&format!("{path}/complete"), &json!({})).await;
        assert_eq!(kept.json()["video"]["name"], "Boulangerie Martin");
    }
    assert_eq!(admin.delete(&path).await.status, 204);
    assert_eq!(admin.get(&path).await.refusal(), (404, ErrorCode::NotFound));
    assert_eq!(admin.get("/api/v1/videos").await.json()["total"], 1);
}

#[tokio::test]
async fn too_large_a_film_is_refused_when_it_is_announced() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (size, status, code) in [
        (VIDEO_BYTES + 1, 413, ErrorCode::VideoTooLarge),
        (0, 422, ErrorCode::VideoEmpty),
    ] {
        let new = json!({ "file_name": "long.mp4", "size": size });
        let refused = admin.post("/api/v1/uploads", &new).await;
        assert_eq!(refused.refusal(), (status, code));
    }
}

#[tokio::test]
async fn a_thumbnail_is_kept_when_it_is_a_picture() {
    let app = TestApp::start().await;
    let path = format!("/api/v1/videos/{}/thumbnail", app.video("sound.mp4").await);
    let admin = app.admin().await;
    assert_eq!(admin.get(&path).await.refusal(), (404, ErrorCode::NotFound));
    for bad in [b"not a picture".to_vec(), vec![0xff; 600 * 1024]] {
        let answer = admin.send(Method::PUT, &path, Body::from(bad)).await;
        assert_eq!(answer.refusal(), (422, ErrorCode::ThumbnailRefused));
    }
    let kept = admin
        .send(Method::PUT, &path, Body::from(clip::read("picture.jpg")))
        .await;
    assert_eq!(kept.status, 204, "{kept:?}");
    let thumbnail = admin.get(&path).await;
    assert_eq!(
        (thumbnail.status, thumbnail.header("content-type")),
        (200, "image/jpeg")
    );
    assert!(thumbnail.body.starts_with(&[0xff, 0xd8]));
}

#[tokio::test]
async fn a_video_is_renamed() {
    let app = TestApp::start().await;
    let path = format!("/api/v1/videos/{}/name", app.video("sound.mp4").await);
    let admin = app.admin().await;
    let renamed = admin
        .put(&path, &json!({ "name": "  Garage Le Goff " }))
        .await;
    assert_eq!(renamed.json()["name"], "Garage Le Goff");
    let empty = admin.put(&path, &json!({ "name": " " })).await;
    assert_eq!(empty.status, 422, "{empty:?}");
}
