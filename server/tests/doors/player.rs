//! What players ask and tell.

use api::error::ErrorCode;
use api::hash::FileHash;
use api::id::BootId;
use api::path;
use http::header;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{TestApp, TestScreen, clip};

fn hash_of(fixture: &str) -> FileHash {
    FileHash(Sha256::digest(clip::read(fixture)).into())
}

#[tokio::test]
async fn a_player_gets_its_state_once_and_its_files() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let video = app.video("sound.mp4").await;
    app.publish(site, vec![video, video]).await;

    let player = screen.visitor(&app).await;
    let state = player.get(path::STATE).await;
    assert_eq!(
        (state.status, state.header("content-type")),
        (200, "application/json")
    );
    insta::assert_json_snapshot!(state.json(), { ".**.video_id" => "[id]" }, @r#"
        {
          "configuration": {
            "default_loop": [
              {
                "duration_ms": 1000,
                "ground": "black",
                "kind": "film",
                "name": "sound",
                "sha256": "35fdbeb089088e53676897dfb662174b8cb96dec3efafdafa85aad595e84b6ed",
                "video_id": "[id]"
              },
              {
                "duration_ms": 1000,
                "ground": "black",
                "kind": "film",
                "name": "sound",
                "sha256": "35fdbeb089088e53676897dfb662174b8cb96dec3efafdafa85aad595e84b6ed",
                "video_id": "[id]"
              }
            ]
          },
          "configuration_version": 1,
          "files": [
            {
              "sha256": "35fdbeb089088e53676897dfb662174b8cb96dec3efafdafa85aad595e84b6ed",
              "size": 7649
            }
          ],
          "site_name": "Rennes"
        }
        "#);
    let etag = state.header("etag").to_owned();
    let known = player
        .clone()
        .with(header::IF_NONE_MATCH, &etag)
        .get(path::STATE)
        .await;
    assert_eq!((known.status, known.body.len()), (304, 0));

    let file = path::player_file(hash_of("sound.mp4"));
    assert_eq!(player.get(&file).await.body, clip::read("sound.mp4"));
    let rest = player
        .clone()
        .with(header::RANGE, "bytes=1000-")
        .get(&file)
        .await;
    assert_eq!(
        (rest.status, &rest.body[..]),
        (206, &clip::read("sound.mp4")[1000..])
    );
}

#[tokio::test]
async fn a_report_is_answered_with_the_current_etag() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let player = screen.visitor(&app).await;
    let etag = player.get(path::STATE).await.header("etag").to_owned();
    let report = json!({ "boot_id": BootId::new(), "configuration_version": 1 });
    let answer = player.post(path::REPORT, &report).await;
    assert_eq!(answer.json()["etag"], etag);
}

#[tokio::test]
async fn the_files_of_another_site_are_not_found() {
    let app = TestApp::start().await;
    let (rennes, brest) = (app.site("Rennes").await, app.site("Brest").await);
    let (ours, theirs) = (TestScreen::new(1), TestScreen::new(2));
    ours.link(&app, rennes).await;
    theirs.link(&app, brest).await;
    let video = app.video("sound.mp4").await;
    app.publish(brest, vec![video]).await;
    let file = path::player_file(hash_of("sound.mp4"));
    assert_eq!(theirs.visitor(&app).await.get(&file).await.status, 200);
    let refused = ours.visitor(&app).await.get(&file).await;
    assert_eq!(refused.refusal(), (404, ErrorCode::NotFound));
}

#[tokio::test]
async fn a_player_may_do_nothing_else_and_a_person_is_no_player() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let player = screen.visitor(&app).await;
    for path in [
        "/api/v1/sites",
        "/api/v1/videos",
        "/api/v1/home",
        "/api/v1/plays/report",
    ] {
        assert_eq!(
            player.get(path).await.refusal(),
            (403, ErrorCode::Forbidden),
            "{path}"
        );
    }
    let person = app.admin().await;
    assert_eq!(
        person.get(path::STATE).await.refusal(),
        (403, ErrorCode::Forbidden)
    );
}

#[tokio::test]
async fn only_the_key_for_this_server_opens() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    let refused = (401, ErrorCode::PlayerRefused);
    let unknown = screen.ask_token(&app, "http://localhost:3001").await;
    assert_eq!(unknown.refusal(), refused);
    screen.link(&app, site).await;
    let elsewhere = screen.ask_token(&app, "https://evil.example").await;
    assert_eq!(elsewhere.refusal(), refused);
    assert_eq!(
        screen.ask_token(&app, "http://127.0.0.1:3001").await.status,
        200
    );
    let forged = app.stranger().with_token("eyJhbGciOiJub25lIn0.e30.");
    assert_eq!(forged.get(path::STATE).await.refusal(), refused);
}
