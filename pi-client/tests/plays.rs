//! From frames on a page to plays on the server.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::time::Duration;

use api::play::{Clock, Outcome, Receipt};
use api::site::Screen;
use chrono::{TimeDelta, Utc};
use pi_client::{JournalEntry, Player, journal};
use reqwest::Method;
use support::page::Page;
use support::server::FakeServer;
use support::{clip_bytes, hash, player_of, settings_of, state_of};
use tempfile::TempDir;

/// A player that shows a loop of two short clips.
async fn playing(server: &FakeServer) -> (Player, TempDir) {
    let data = tempfile::tempdir().unwrap();
    let (one, two) = (clip_bytes(1, 1_000), clip_bytes(2, 1_000));
    server.accept();
    server.publish(state_of(1, &[(&one, 300), (&two, 200)]), &[&one, &two]);
    let player = player_of(server, data.path()).await;
    server.until_applied(1).await;
    (player, data)
}

async fn journal_of(data: &TempDir) -> Vec<JournalEntry> {
    let lines = journal::read(data.path()).await.unwrap();
    let entry = |line| serde_json::from_str(line).unwrap();
    lines.lines().map(entry).collect()
}

#[tokio::test]
async fn what_was_shown_arrives_once_and_agrees_with_the_journal() {
    let server = FakeServer::start().await;
    let (player, data) = playing(&server).await;
    let mut page = Page::open(&player).await;
    for duration in [300, 200, 300] {
        page.plays(duration).await;
    }
    server
        .until("three plays", |world| world.plays.len() == 3)
        .await;
    let plays = server.world().plays.clone();
    let seqs: Vec<u64> = plays.iter().map(|play| play.seq).collect();
    assert_eq!(seqs, [1, 2, 3]);
    assert_eq!(plays[0].video_id, plays[2].video_id);
    for play in &plays {
        assert_eq!(play.outcome, Outcome::Completed);
        assert_eq!(play.shown_ms, play.duration_ms);
        assert_eq!((play.configuration_version, play.clock), (1, Clock::Synced));
        assert_eq!(play.boot_id, player.boot_id());
    }
    server
        .until("nothing waits", |world| {
            world.reports.last().unwrap().waiting_plays == 0
        })
        .await;
    let journal = journal_of(&data).await;
    assert_eq!(
        journal
            .iter()
            .map(|entry| entry.play.clone())
            .collect::<Vec<_>>(),
        plays
    );
    assert!(
        journal
            .iter()
            .all(|entry| entry.receipt == Some(Receipt::Stored))
    );
    player.stop().await;
    assert_eq!(
        journal_of(&data).await,
        journal,
        "a stopped player's journal is read too"
    );
}

#[tokio::test]
async fn a_lost_answer_neither_loses_nor_doubles_a_play() {
    let server = FakeServer::start().await;
    let (player, data) = playing(&server).await;
    server.world().deliveries_lost = 2;
    Page::open(&player).await.plays(300).await;
    server
        .until("the answer was lost twice", |world| {
            world.deliveries_lost == 0
        })
        .await;
    server
        .until("nothing waits", |world| {
            world.reports.last().unwrap().waiting_plays == 0
        })
        .await;
    assert_eq!(server.world().plays.len(), 1);
    assert_eq!(journal_of(&data).await[0].receipt, Some(Receipt::Duplicate));
    player.stop().await;
}

#[tokio::test]
async fn a_play_that_is_never_taken_holds_up_no_other() {
    let server = FakeServer::start().await;
    let (player, _data) = playing(&server).await;
    server.world().deliveries_lost = u32::MAX;
    server.world().never_taken = Some(2);
    let mut page = Page::open(&player).await;
    for duration in [300, 200, 300, 200] {
        page.plays(duration).await;
    }
    server.world().deliveries_lost = 0;
    server
        .until("only one waits", |world| {
            world.plays.len() == 3 && world.reports.last().unwrap().waiting_plays == 1
        })
        .await;
    let seqs: Vec<u64> = server.world().plays.iter().map(|play| play.seq).collect();
    assert_eq!(seqs, [1, 3, 4]);
    server.world().never_taken = None;
    server
        .until("a newer server takes it", |world| world.plays.len() == 4)
        .await;
    player.stop().await;
}

#[tokio::test]
async fn plays_made_offline_wait_for_the_server() {
    let server = FakeServer::start().await;
    let (player, data) = playing(&server).await;
    player.stop().await;
    let settings = settings_of(&server, data.path());
    let world = std::mem::take(&mut *server.world());
    let origin = server.address();
    drop(server);

    let player = Player::start(settings).await.unwrap();
    let mut page = Page::open(&player).await;
    page.plays(300).await;
    page.plays(200).await;
    let mut clock = world;
    clock.clock_ahead = TimeDelta::days(400);
    let server = FakeServer::start_at(origin, clock).await;
    server
        .until("both plays", |world| world.plays.len() == 2)
        .await;
    let play = server.world().plays[0].clone();
    let ahead = play.played_at - Utc::now();
    assert_eq!(
        play.clock,
        Clock::Synced,
        "a run that met the server knows its past"
    );
    assert!((ahead - TimeDelta::days(400)).abs() < TimeDelta::minutes(1));
    player.stop().await;
}

#[tokio::test]
async fn a_stopped_player_ends_its_play() {
    let server = FakeServer::start().await;
    let (player, data) = playing(&server).await;
    let mut page = Page::open(&player).await;
    page.says("playing", 1, 0).await;
    player.stop().await;
    let journal = journal_of(&data).await;
    assert_eq!(journal.len(), 1);
    assert_eq!(journal[0].play.outcome, Outcome::Skipped);
}

#[tokio::test]
async fn the_server_knows_what_is_on_screen() {
    let server = FakeServer::start().await;
    let (player, _data) = playing(&server).await;
    let is = |wanted: Screen| {
        move |world: &support::server::World| {
            let last = world.reports.last();
            last.is_some_and(|report| report.screen.screen == wanted)
        }
    };
    server.until("no page, no screen", is(Screen::Off)).await;
    let mut page = Page::open(&player).await;
    page.says("playing", 1, 0).await;
    server
        .until("a clip is on screen", is(Screen::Playing))
        .await;
    let report = server.world().reports.last().cloned().unwrap();
    assert!(report.screen.video_id.is_some());
    page.hides(3, 100).await;
    server.until("nobody sees it", is(Screen::Off)).await;
    server.publish(state_of(2, &[]), &[]);
    server.until_applied(2).await;
    page.until("idle").await;
    server
        .until("there is nothing to play", is(Screen::Empty))
        .await;
    let plays = server.world().plays.len();
    assert!(plays <= 1, "only what was seen is a play");
    player.stop().await;
}

#[tokio::test]
async fn a_duration_told_anew_counts_from_the_next_clip_on_and_takes_nothing_away() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let [before, one, two, three] = [4, 1, 2, 3].map(|seed| clip_bytes(seed, 1_000));
    server.accept();
    server.publish(state_of(1, &[(&before, 300)]), &[&before]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    let mut state = state_of(2, &[(&one, 300), (&two, 60_000), (&three, 300)]);
    server.publish(state.clone(), &[&one, &two, &three]);
    server.until_applied(2).await;

    let mut page = Page::open(&player).await;
    page.plays(300).await;
    page.says("playing", 1, 0).await;
    for place in &mut state.configuration.default_loop {
        place.duration_ms = 500;
    }
    server.publish(state, &[]);
    let told = async |page: &mut Page| {
        for frames in 2..400 {
            page.says("playing", frames, 0).await;
            if page.view["next"]["duration_ms"] == 500 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not told: {}", page.view);
    };
    told(&mut page).await;
    let next = page.view["next"]["src"].as_str().unwrap().to_owned();
    assert!(
        next.contains(&hash(&three).to_string()),
        "the loop goes on: {next}"
    );
    let media = format!("/media/{}", hash(&before));
    let kept = page.request(Method::GET, &media).send().await.unwrap();
    assert_eq!(kept.status(), 200, "its last clip may still be on screen");
    page.says("ended", 999, 1_000).await;
    page.plays(500).await;
    server
        .until("three plays", |world| world.plays.len() == 3)
        .await;
    let plays = server.world().plays.clone();
    let of = |seq: usize| (plays[seq].duration_ms, plays[seq].outcome);
    assert_eq!(of(1), (60_000, Outcome::Skipped));
    assert_eq!(of(2), (500, Outcome::Completed));
    player.stop().await;
}

#[tokio::test]
async fn two_players_do_not_share_a_folder() {
    let server = FakeServer::start().await;
    let (player, data) = playing(&server).await;
    let second = Player::start(settings_of(&server, data.path())).await;
    assert!(second.is_err_and(|error| error.to_string().contains("déjà")));
    player.stop().await;
}
