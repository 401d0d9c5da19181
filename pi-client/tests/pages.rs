//! Who may speak for the screen, and who may not.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use api::play::Outcome;
use pi_client::{Player, journal};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::page::Page;
use support::server::FakeServer;
use support::{clip_bytes, hash, player_of, state_of};
use tempfile::TempDir;

async fn playing(server: &FakeServer) -> (Player, TempDir) {
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 30_000)]), &[&clip]);
    let player = player_of(server, data.path()).await;
    server.until_applied(1).await;
    (player, data)
}

#[tokio::test]
async fn a_forged_end_is_refused_and_changes_nothing() {
    let server = FakeServer::start().await;
    let (player, data) = playing(&server).await;
    let mut page = Page::open(&player).await;
    page.says("playing", 1, 0).await;
    let token = page.token();
    let ended = page.report_of("visible", "ended", 750, 30_000);
    let own = format!("http://{}", player.local_addr());

    let mut guessed = ended.clone();
    guessed["lease"] = json!("00000000000000000000000000000000");
    let answer = page.post("/local/report", &guessed).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["code"], "lease_refused");
    assert!(answer["message"].as_str().unwrap().contains("onglet"));

    for (host, origin) in [
        (None, Some("http://evil.example")),
        (None, Some("null")),
        (None, None),
        (Some("evil.example"), Some("http://evil.example")),
        (Some("evil.example"), Some(own.as_str())),
    ] {
        let mut request = page.request(Method::POST, "/local/report").json(&ended);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(
            answer.status(),
            StatusCode::FORBIDDEN,
            "{host:?} {origin:?}"
        );
    }
    let answer = page.post("/local/report", &json!({"lease": 1})).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    page.says("playing", 2, 40).await;
    assert_eq!(page.token(), token, "the clip goes on");
    assert_eq!(journal::read(data.path()).await.unwrap(), "");
    player.stop().await;
}

#[tokio::test]
async fn an_end_before_its_time_is_not_a_complete_play() {
    let server = FakeServer::start().await;
    let (player, _data) = playing(&server).await;
    let mut page = Page::open(&player).await;
    page.says("playing", 1, 0).await;
    page.says("ended", 750, 30_000).await;
    server
        .until("the play", |world| world.plays.len() == 1)
        .await;
    let play = server.world().plays[0].clone();
    assert_eq!(play.outcome, Outcome::Skipped);
    assert!(play.shown_ms < 2_000, "{}", play.shown_ms);
    player.stop().await;
}

#[tokio::test]
async fn a_second_tab_is_a_mirror_until_the_first_one_closes() {
    let server = FakeServer::start().await;
    let (player, _data) = playing(&server).await;
    let first = Page::open(&player).await;
    let mut second = Page::open(&player).await;
    assert_eq!(second.lease, None);
    assert_eq!(second.view, first.view, "it shows the same");
    let report = second.report_of("visible", "playing", 1, 0);
    let answer = second.post("/local/report", &report).await;
    assert!(answer.status().is_client_error());

    let answer = first
        .post("/local/release", &json!({"lease": first.lease}))
        .await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    second.ask().await;
    assert!(second.lease.is_some() && second.lease != first.lease);
    player.stop().await;
}

#[tokio::test]
async fn the_page_and_its_files_are_served_to_this_machine_alone() {
    let server = FakeServer::start().await;
    let (player, _data) = playing(&server).await;
    let page = Page::open(&player).await;
    let get = |path: &str| page.request(Method::GET, path).send();
    let tv = get("/").await.unwrap();
    assert_eq!(tv.url().path(), "/tv");
    let policy = tv.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'"));
    let html = tv.text().await.unwrap();
    for file in [
        "tv.css",
        "tv.js",
        "player.js",
        "scenes.js",
        "stage.js",
        "film.js",
        "picture.js",
        "inter.woff2",
        "outfit.woff2",
    ] {
        let answer = get(&format!("/tv/{file}")).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{file}");
    }
    assert!(html.contains("Rien à diffuser pour le moment"));
    for path in ["/tv", "/journal", "/media/x"] {
        let request = page
            .request(Method::GET, path)
            .header("host", "evil.example");
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    player.stop().await;
}

#[tokio::test]
async fn a_clip_is_served_as_what_it_is() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let (film, jpeg, png) = (
        clip_bytes(1, 1_000),
        b"\xff\xd8\xff and more".as_slice(),
        b"\x89PNG\r\n\x1a\n and more".as_slice(),
    );
    server.accept();
    let loop_ = [(&film[..], 30_000), (jpeg, 10_000), (png, 10_000)];
    server.publish(state_of(1, &loop_), &[&film, jpeg, png]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    let page = Page::open(&player).await;
    for (bytes, kind) in [
        (&film[..], "video/mp4"),
        (jpeg, "image/jpeg"),
        (png, "image/png"),
    ] {
        let path = format!("/media/{}", hash(bytes));
        let answer = page.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], kind);
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert_eq!(answer.bytes().await.unwrap(), bytes);
    }
    player.stop().await;
}
