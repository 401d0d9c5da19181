//! The real player against the real router, over real sockets.

use std::path::Path;
use std::time::Duration;

use api::id::SiteId;
use pi_client::{Pace, Player, Settings};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};

use crate::support::TestApp;
use crate::support::app::PASSWORD;

/// Everything here takes well under a second on a machine that is not busy.
const PATIENCE: Duration = Duration::from_secs(20);
const MOMENT: Duration = Duration::from_millis(100);

/// The player's own page, without a browser.
struct Tv {
    client: Client,
    address: String,
}

impl Tv {
    fn of(player: &Player) -> Self {
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            address: player.local_addr().to_string(),
        }
    }

    async fn ask(&self, verb: &str, body: Value) -> Value {
        let request = self
            .client
            .post(format!("http://{}/local/{verb}", self.address))
            .header("origin", format!("http://{}", self.address))
            .json(&body);
        request.send().await.unwrap().json().await.unwrap()
    }

    async fn view(&self, page: &str) -> Value {
        let start = Instant::now();
        loop {
            let answer = self.ask("lease", json!({ "visibility": "visible" })).await;
            if answer["view"]["page"] == page {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "no page {page}: {answer}");
            // The lease that was handed out dies of silence.
            sleep(MOMENT).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_enrols_fetches_shows_and_brings_back_the_proof() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let app = TestApp::with_variables(&[("PORT", &port)]).await;
    tokio::spawn(axum::serve(listener, app.router.clone()).into_future());
    let site = app.site("Rennes").await;
    let video = app.video("sound.mp4").await;
    app.publish(site, vec![video]).await;

    let data = tempfile::tempdir().unwrap();
    let player = start(&port, data.path()).await;
    let tv = Tv::of(&player);
    let code = tv.view("pairing").await["view"]["code"].clone();
    let path = format!("/api/v1/sites/{site}/player");
    let accepted = app
        .admin()
        .await
        .post(&path, &json!({ "code": code }))
        .await;
    assert_eq!(accepted.status, 200, "{accepted:?}");

    let shown = wait_for_lease(&tv).await;
    play_one(&tv, &shown).await;
    wait_for_proof(&app, site).await;
    wait_for_report(&app, site).await;
    player.stop().await;
}

/// A card that was copied: two boxes with one key.
#[tokio::test(flavor = "multi_thread")]
async fn two_boxes_with_one_card_are_noticed_and_become_two_once_revoked() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let app = TestApp::with_variables(&[("PORT", &port)]).await;
    tokio::spawn(axum::serve(listener, app.router.clone()).into_future());
    let site = app.site("Rennes").await;
    let (card, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let player = start(&port, card.path()).await;
    link(&app, site, &Tv::of(&player)).await;
    player.stop().await;
    copy_folder(card.path(), copy.path());

    let players = [
        start(&port, card.path()).await,
        start(&port, copy.path()).await,
    ];
    assert_eq!(players[0].key_id(), players[1].key_id());
    let admin = app.admin().await;
    let path = format!("/api/v1/sites/{site}");
    let begun = Instant::now();
    while admin.get(&path).await.json()["clone_seen_at"].is_null() {
        assert!(begun.elapsed() < PATIENCE, "nobody noticed");
        sleep(MOMENT).await;
    }

    let step_up = json!({ "password": PASSWORD });
    admin.post("/api/v1/session/step-up", &step_up).await;
    let key = format!("{path}/keys/{}", players[0].key_id());
    assert_eq!(admin.delete(&key).await.status, 200);
    let codes = [
        Tv::of(&players[0]).view("pairing").await["view"]["code"].clone(),
        Tv::of(&players[1]).view("pairing").await["view"]["code"].clone(),
    ];
    assert_ne!(codes[0], codes[1]);
    assert_ne!(players[0].key_id(), players[1].key_id());
    assert!(admin.get(&path).await.json()["clone_seen_at"].is_null());
    for player in players {
        player.stop().await;
    }
}

/// Types the code that the TV shows.
async fn link(app: &TestApp, site: SiteId, tv: &Tv) {
    let code = tv.view("pairing").await["view"]["code"].clone();
    let path = format!("/api/v1/sites/{site}/player");
    let accepted = app
        .admin()
        .await
        .post(&path, &json!({ "code": code }))
        .await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    tv.view("idle").await;
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn start(port: &str, data: &Path) -> Player {
    let mut settings = Settings::new(&format!("http://127.0.0.1:{port}"), data).unwrap();
    settings.pace = Pace {
        report: MOMENT * 2,
        retry: MOMENT,
        pairing: Some(MOMENT),
        ..Pace::default()
    };
    Player::start(settings).await.unwrap()
}

/// The page that speaks for the screen, once its first clip is to be shown.
async fn wait_for_lease(tv: &Tv) -> Value {
    let start = Instant::now();
    loop {
        let answer = tv.view("playing").await;
        if answer["lease"].is_string() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "no lease: {answer}");
        sleep(MOMENT).await;
    }
}

/// Reports the frames of one showing of the clip, which lasts a second.
async fn play_one(tv: &Tv, shown: &Value) {
    let token = &shown["view"]["current"]["token"];
    for step in 0..=10_u64 {
        let state = if step == 10 { "ended" } else { "playing" };
        let clip = json!({ "token": token, "state": state, "frames": 1 + step * 2, "media_ms": step * 100 });
        let report = json!({ "lease": shown["lease"], "visibility": "visible", "clip": clip });
        tv.ask("report", report).await;
        sleep(MOMENT).await;
    }
}

async fn wait_for_proof(app: &TestApp, site: SiteId) {
    let start = Instant::now();
    let path = format!("/api/v1/plays/report?site={site}");
    loop {
        let report = app.admin().await.get(&path).await.json();
        if report["total"]["completed"] == 1 {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{report}");
        sleep(MOMENT).await;
    }
}

async fn wait_for_report(app: &TestApp, site: SiteId) {
    let start = Instant::now();
    let path = format!("/api/v1/sites/{site}");
    loop {
        let detail = app.admin().await.get(&path).await.json();
        if (&detail["status"], &detail["applied_version"]) == (&json!("online"), &json!(1)) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{detail}");
        sleep(MOMENT).await;
    }
}
