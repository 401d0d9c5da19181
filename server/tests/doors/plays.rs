//! The proof, from the player to the report.

use api::hash::FileHash;
use api::id::{BootId, PlayId, VideoId};
use api::path;
use api::play::{Clock, Outcome, Play, PlayBatch};
use chrono::Utc;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{TestApp, TestScreen, clip};

fn play(video_id: VideoId, seq: u64) -> Play {
    Play {
        id: PlayId::new(),
        boot_id: BootId::new(),
        seq,
        video_id,
        sha256: FileHash(Sha256::digest(clip::read("sound.mp4")).into()),
        configuration_version: 1,
        played_at: Utc::now(),
        duration_ms: 1_000,
        shown_ms: 1_000,
        outcome: Outcome::Completed,
        clock: Clock::Synced,
        not_before: None,
        not_after: None,
    }
}

#[tokio::test]
async fn a_play_delivered_twice_counts_once_and_is_exported() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let video = app.video("sound.mp4").await;
    app.publish(site, vec![video]).await;
    let player = screen.visitor(&app).await;

    let batch = PlayBatch {
        plays: vec![play(video, 1), play(video, 2)],
    };
    let results = |answer: serde_json::Value| {
        let receipts = answer["receipts"].as_array().unwrap().clone();
        receipts
            .iter()
            .map(|receipt| receipt["result"].clone())
            .collect::<Vec<_>>()
    };
    let first = player.post(path::PLAYS, &batch).await.json();
    assert_eq!(results(first), [json!("stored"), json!("stored")]);
    let again = player.post(path::PLAYS, &batch).await.json();
    assert_eq!(results(again), [json!("duplicate"), json!("duplicate")]);

    let admin = app.admin().await;
    let report = admin
        .get(&format!("/api/v1/plays/report?site={site}"))
        .await
        .json();
    assert_eq!(report["total"]["completed"], 2, "{report}");
    let csv = admin.get("/api/v1/plays.csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").starts_with("attachment"));
    assert_eq!(csv.text().lines().count(), 3, "{csv:?}");
}

#[tokio::test]
async fn more_than_a_delivery_holds_is_refused() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let video = app.video("sound.mp4").await;
    let batch = PlayBatch {
        plays: (0..501).map(|seq| play(video, seq)).collect(),
    };
    let answer = screen.visitor(&app).await.post(path::PLAYS, &batch).await;
    assert!(matches!(answer.status, 413 | 422), "{answer:?}");
}
