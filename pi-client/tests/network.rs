//! What a hall's network does to a player, and what the player makes of it.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use api::player::FetchTrouble;
use pi_client::Player;
use support::page::Page;
use support::server::{FakeServer, Fault, Portal};
use support::{clip_bytes, hash, player_of, settings_of, state_of};

const SIZE: usize = 600_000;

fn range(from: usize) -> String {
    format!("bytes={from}-")
}

/// Fetches one clip of which `begun` bytes are already here; gives the ranges that were asked for.
async fn fetch_after(begun: usize, faults: &[Fault]) -> Vec<Option<String>> {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, SIZE);
    fs::create_dir(data.path().join("files")).unwrap();
    let part = path_of(data.path(), &clip).with_extension("part");
    fs::write(&part, &clip[..begun]).unwrap();
    server.fail_with(faults);
    server.publish(state_of(1, &[(&clip, 1_000)]), &[&clip]);
    server.accept();
    let mut settings = settings_of(&server, data.path());
    settings.pace.silence = Duration::from_millis(300);
    let player = Player::start(settings).await.unwrap();
    server.until_applied(1).await;
    player.stop().await;
    assert_eq!(fs::read(path_of(data.path(), &clip)).unwrap(), clip);
    let names = fs::read_dir(data.path().join("files")).unwrap();
    assert_eq!(names.count(), 1, "nothing else stays");
    server.world().file_requests.clone()
}

fn path_of(data: &Path, bytes: &[u8]) -> std::path::PathBuf {
    data.join("files").join(hash(bytes).to_string())
}

#[tokio::test]
async fn a_page_in_the_place_of_a_file_costs_nothing_that_is_here() {
    let asked = fetch_after(400_000, &[Fault::Page, Fault::Page]).await;
    assert_eq!(asked, vec![Some(range(400_000)); 3]);
}

#[tokio::test]
async fn a_file_of_another_size_costs_nothing_that_is_here() {
    let asked = fetch_after(400_000, &[Fault::AnotherSize]).await;
    assert_eq!(asked, vec![Some(range(400_000)); 2]);
}

#[tokio::test]
async fn redirects_in_a_circle_are_given_up_and_tried_again() {
    let asked = fetch_after(400_000, &[Fault::RedirectLoop; 5]).await;
    assert_eq!(asked.len(), 6);
}

#[tokio::test]
async fn a_link_that_ran_out_is_asked_for_again_at_once() {
    let asked = fetch_after(0, &[Fault::LinkExpired, Fault::Elsewhere]).await;
    assert_eq!(asked, [None, None]);
    let asked = fetch_after(400_000, &[Fault::LinkExpired, Fault::LinkExpired]).await;
    assert_eq!(asked, vec![Some(range(400_000)); 3]);
}

#[tokio::test]
async fn files_may_be_kept_elsewhere_and_are_resumed_there() {
    let asked = fetch_after(400_000, &[Fault::Elsewhere]).await;
    assert_eq!(asked, [Some(range(400_000))]);
}

#[tokio::test]
async fn a_line_that_falls_silent_is_left_and_what_came_is_kept() {
    let asked = fetch_after(0, &[Fault::Silence]).await;
    assert_eq!(asked, [None, Some(range(SIZE / 2))]);
}

#[tokio::test]
async fn a_line_that_brings_a_byte_now_and_then_is_left_too() {
    let asked = fetch_after(0, &[Fault::Trickle]).await;
    assert_eq!(asked.len(), 2);
}

#[tokio::test]
async fn the_server_says_when_to_come_back() {
    let before = Instant::now();
    let asked = fetch_after(0, &[Fault::UnavailableUntil]).await;
    assert_eq!(asked.len(), 2);
    assert!(before.elapsed() > Duration::from_millis(900));
}

#[tokio::test]
async fn a_captive_portal_changes_nothing_of_what_is_known() {
    for portal in [Portal::Page, Portal::Redirect] {
        let server = FakeServer::start().await;
        let data = tempfile::tempdir().unwrap();
        let (old, new) = (clip_bytes(1, 1_000), clip_bytes(2, 1_000));
        server.accept();
        server.publish(state_of(1, &[(&old, 200)]), &[&old]);
        let player = player_of(&server, data.path()).await;
        server.until_applied(1).await;

        server.world().portal = Some(portal);
        server.publish(state_of(2, &[(&new, 200)]), &[&new]);
        let mut page = Page::open(&player).await;
        page.plays(200).await;
        server
            .until("everything was tried", |world| world.caught > 5)
            .await;
        assert_eq!(page.view["page"], "playing", "and asks for no code");
        server.world().portal = None;
        server.until_applied(2).await;
        server
            .until("the play", |world| world.plays.len() == 1)
            .await;
        assert_eq!(server.world().codes, 1);
        player.stop().await;
    }
}

#[tokio::test]
async fn a_portal_before_the_first_code_is_only_waited_for() {
    let server = FakeServer::start().await;
    server.world().portal = Some(Portal::Page);
    let data = tempfile::tempdir().unwrap();
    let player = player_of(&server, data.path()).await;
    let mut page = Page::open(&player).await;
    page.until("unreachable").await;
    server.world().portal = None;
    page.until("pairing").await;
    player.stop().await;
}

#[tokio::test]
async fn the_server_learns_why_a_file_does_not_come() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.fail_with(&[Fault::Page; 200]);
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server
        .until("the trouble is told", |world| {
            let fetching = world.reports.last().and_then(|report| report.fetching);
            fetching.is_some_and(|file| {
                file.trouble == Some(FetchTrouble::CaptivePortal) && file.bytes == 1_000
            })
        })
        .await;
    server.world().faults.clear();
    server.until_applied(1).await;
    server
        .until("nothing is fetched any more", |world| {
            world.reports.last().unwrap().fetching.is_none()
        })
        .await;
    player.stop().await;
}

#[tokio::test]
async fn a_hint_brings_the_new_state_at_once_and_its_loss_loses_nothing() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    server.accept();
    server.world().hints = true;
    let mut settings = settings_of(&server, data.path());
    // Neither a report nor a poll comes in time.
    settings.pace.report = Duration::from_mins(10);
    let player = Player::start(settings).await.unwrap();
    server
        .until("it listens", |world| world.listening == 1)
        .await;
    server
        .until("the first state", |world| world.states_sent == 1)
        .await;
    let clip = clip_bytes(1, 1_000);
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    server.hint();
    server.until_applied(1).await;

    server.drop_hints();
    server.publish(state_of(2, &[(&clip, 200)]), &[&clip]);
    server
        .until("it listens again", |world| world.listening == 2)
        .await;
    server.until_applied(2).await;
    player.stop().await;
}
