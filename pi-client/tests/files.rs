//! Files: resumed, verified, switched to when they are all here, and removed when nothing needs them.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use reqwest::{Method, StatusCode};
use support::page::Page;
use support::server::{FakeServer, Fault};
use support::{clip_bytes, hash, player_of, state_of};

fn path_of(data: &Path, bytes: &[u8]) -> PathBuf {
    data.join("files").join(hash(bytes).to_string())
}

/// Plays one clip whose first bytes are already here, with these faults in the server's answers;
/// gives the ranges that were asked for.
async fn fetch_after(begun: &[u8], faults: &[Fault]) -> Vec<Option<String>> {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 100_000);
    let path = path_of(data.path(), &clip);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path.with_extension("part"), begun).unwrap();
    server.fail_with(faults);
    server.publish(state_of(1, &[(&clip, 1_000)]), &[&clip]);
    server.accept();
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    player.stop().await;
    assert_eq!(fs::read(&path).unwrap(), clip);
    assert!(!path.with_extension("part").exists());
    server.world().file_requests.clone()
}

fn range(from: u64) -> String {
    format!("bytes={from}-")
}

#[tokio::test]
async fn a_broken_download_goes_on_where_it_stopped() {
    let asked = fetch_after(b"", &[Fault::Truncated]).await;
    assert_eq!(asked, [None, Some(range(50_000))]);
}

#[tokio::test]
async fn what_an_earlier_run_fetched_is_not_fetched_again() {
    let begun = &clip_bytes(1, 100_000)[..40_000];
    assert_eq!(fetch_after(begun, &[]).await, [Some(range(40_000))]);
}

#[tokio::test]
async fn a_complete_part_needs_no_request_at_all() {
    assert_eq!(fetch_after(&clip_bytes(1, 100_000), &[]).await, []);
}

#[tokio::test]
async fn a_server_that_ignores_the_range_is_listened_to_from_zero() {
    let begun = &clip_bytes(1, 100_000)[..40_000];
    let asked = fetch_after(begun, &[Fault::RangeIgnored]).await;
    assert_eq!(asked, [Some(range(40_000))]);
}

#[tokio::test]
async fn another_range_than_the_one_asked_for_is_never_appended() {
    let begun = &clip_bytes(1, 100_000)[..40_000];
    let asked = fetch_after(begun, &[Fault::AnotherRange]).await;
    assert_eq!(asked, [Some(range(40_000)), None]);
}

#[tokio::test]
async fn wrong_bytes_are_thrown_away_and_fetched_again() {
    let asked = fetch_after(b"", &[Fault::WrongBytes, Fault::Unavailable]).await;
    assert_eq!(asked, [None, None, None]);
    let damaged = vec![7; 40_000];
    let asked = fetch_after(&damaged, &[]).await;
    assert_eq!(asked, [Some(range(40_000)), None]);
}

#[tokio::test]
async fn the_old_loop_goes_on_until_every_file_of_the_new_one_is_here() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let (old, new) = (clip_bytes(1, 1_000), clip_bytes(2, 1_000));
    server.accept();
    server.publish(state_of(1, &[(&old, 1_000)]), &[&old]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;

    server.publish(state_of(2, &[(&old, 1_000), (&new, 1_000)]), &[]);
    server
        .until("the missing file is asked for", |world| {
            world.file_requests.len() > 2
        })
        .await;
    let page = Page::open(&player).await;
    assert_eq!(page.view["page"], "playing");
    let last = server.world().reports.last().cloned().unwrap();
    assert_eq!(last.configuration_version, Some(1));
    server.publish(state_of(3, &[(&old, 1_000), (&new, 1_000)]), &[&new]);
    server.until_applied(3).await;
    player.stop().await;
}

#[tokio::test]
async fn only_the_files_of_this_loop_and_the_one_before_stay() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clips = [1, 2, 3].map(|seed| clip_bytes(seed, 1_000));
    server.accept();
    let player = player_of(&server, data.path()).await;
    for (version, clip) in (1..).zip(&clips) {
        server.publish(state_of(version, &[(clip, 1_000)]), &[clip]);
        server.until_applied(version).await;
    }
    let here = clips
        .each_ref()
        .map(|clip| path_of(data.path(), clip).exists());
    assert_eq!(here, [false, true, true]);
    player.stop().await;
}

#[tokio::test]
async fn an_offline_player_starts_with_what_it_has() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 1_000)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    player.stop().await;
    let settings = support::settings_of(&server, data.path());
    drop(server);

    let player = pi_client::Player::start(settings).await.unwrap();
    let page = Page::open(&player).await;
    assert_eq!(page.view["page"], "playing");
    player.stop().await;
}

#[tokio::test]
async fn the_page_gets_ranges_of_clips_and_nothing_else() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 1_000)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    let page = Page::open(&player).await;
    let src = page.view["current"]["src"].as_str().unwrap();
    let part = page
        .request(Method::GET, src)
        .header("range", "bytes=10-19");
    let part = part.send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-type"], "video/mp4");
    assert_eq!(part.headers()["content-range"], "bytes 10-19/1000");
    assert_eq!(part.bytes().await.unwrap(), &clip[10..20]);

    fs::write(data.path().join("files").join(hash(b"x").to_string()), b"x").unwrap();
    for path in [
        format!("/media/{}", hash(b"x")),
        "/media/..%2Fidentity.key".to_owned(),
    ] {
        let answer = page.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    player.stop().await;
}

#[tokio::test]
async fn a_file_that_the_disk_damaged_is_fetched_again() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 1_000)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    let path = path_of(data.path(), &clip);
    fs::write(&path, vec![0; 1_000]).unwrap();
    let mut page = Page::open(&player).await;
    page.says("failed", 0, 0).await;
    server
        .until("it is asked for again", |world| {
            world.file_requests.len() == 2
        })
        .await;
    page.until("playing").await;
    assert_eq!(fs::read(&path).unwrap(), clip);
    player.stop().await;
}
