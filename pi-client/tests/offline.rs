//! Wrong clocks, weeks without a network, restarts.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::collections::HashSet;
use std::path::Path;

use api::play::{Clock, Play};
use chrono::{DateTime, TimeDelta, Utc};
use pi_client::Player;
use support::page::Page;
use support::server::{FakeServer, World};
use support::{clip_bytes, player_of, settings_of, state_of};

/// A run whose machine believes that it is this far from now.
async fn run_at(server: &str, data: &Path, moved: TimeDelta) -> Player {
    let mut settings = support::settings_for(server, data);
    settings.clock_moved = moved;
    Player::start(settings).await.unwrap()
}

fn since_1970() -> TimeDelta {
    DateTime::UNIX_EPOCH - Utc::now()
}

fn until_2090() -> TimeDelta {
    TimeDelta::days(64 * 365)
}

#[tokio::test]
async fn a_clock_of_1970_or_2090_keeps_nobody_from_the_server() {
    for moved in [since_1970(), until_2090()] {
        let server = FakeServer::start().await;
        let data = tempfile::tempdir().unwrap();
        let clip = clip_bytes(1, 1_000);
        server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
        let player = run_at(&server.origin(), data.path(), moved).await;
        server.until("a code", |world| world.codes == 1).await;
        server.accept();
        server.until_applied(1).await;
        let ahead = server.world().reports.last().unwrap().clock_ahead_s;
        assert!((ahead.unwrap() - moved.num_seconds()).abs() < 5);
        Page::open(&player).await.plays(200).await;
        server
            .until("the play", |world| world.plays.len() == 1)
            .await;
        let play = server.world().plays[0].clone();
        assert_eq!(play.clock, Clock::Synced);
        assert!((play.played_at - Utc::now()).abs() < TimeDelta::minutes(1));
        player.stop().await;
    }
}

#[tokio::test]
async fn a_machine_that_met_a_server_of_time_needs_no_other() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    player.stop().await;
    let origin = server.origin();
    drop(server);
    std::fs::write(data.path().join("ntp"), b"").unwrap();

    let player = run_at(&origin, data.path(), TimeDelta::zero()).await;
    Page::open(&player).await.plays(200).await;
    player.stop().await;
    let journal = pi_client::journal::read(data.path()).await.unwrap();
    let entry: pi_client::JournalEntry = serde_json::from_str(journal.trim()).unwrap();
    assert_eq!(entry.play.clock, Clock::Synced);
}

/// One run without a network that shows two clips.
async fn evening(server: &str, data: &Path, moved: TimeDelta) {
    let player = run_at(server, data, moved).await;
    let mut page = Page::open(&player).await;
    page.plays(200).await;
    page.plays(200).await;
    player.stop().await;
}

#[tokio::test]
async fn three_weeks_offline_lose_no_play_and_no_order() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    server.world().deliveries_lost = u32::MAX;
    let mut page = Page::open(&player).await;
    page.plays(200).await;
    page.plays(200).await;
    player.stop().await;
    let (origin, address) = (server.origin(), server.address());
    let mut world: World = std::mem::take(&mut *server.world());
    drop(server);

    let started = Utc::now();
    let weeks = TimeDelta::weeks(3);
    for moved in [since_1970(), TimeDelta::days(5), until_2090(), since_1970()] {
        evening(&origin, data.path(), moved).await;
    }

    // The server is there again, three weeks later, with another loop.
    world.plays.clear();
    world.deliveries_lost = 0;
    world.clock_ahead = weeks;
    let new = clip_bytes(2, 1_000);
    let server = FakeServer::start_at(address, world).await;
    server.publish(state_of(2, &[(&new, 200)]), &[&new]);
    let player = run_at(&origin, data.path(), since_1970()).await;
    Page::open(&player).await.plays(200).await;
    server.until_applied(2).await;
    server
        .until("every play", |world| {
            let waiting = world.reports.last().unwrap().waiting_plays;
            world.plays.len() >= 11 && waiting == 0
        })
        .await;
    let plays = server.world().plays.clone();
    player.stop().await;

    assert_eq!(plays.len(), 11);
    let ids: HashSet<_> = plays.iter().map(|play| play.id).collect();
    assert_eq!(ids.len(), 11, "none twice");
    let synced: Vec<bool> = plays
        .iter()
        .map(|play| play.clock == Clock::Synced)
        .collect();
    assert_eq!(synced[..2], [true; 2], "the run that had met the server");
    assert_eq!(synced[2..10], [false; 8], "those that never did");
    assert_eq!(synced[10..], [true], "the run that met it again");
    let back = plays[10].played_at;
    assert!((back - Utc::now() - weeks).abs() < TimeDelta::minutes(1));
    for play in &plays[2..10] {
        let (after, before) = (play.not_before.unwrap(), play.not_after.unwrap());
        assert!(
            after <= play.played_at && play.played_at <= before,
            "{play:?}"
        );
        assert!(after + TimeDelta::minutes(1) > started && before <= back);
    }
    let five_days: Vec<&Play> = plays[4..6].iter().collect();
    for play in five_days {
        let believed = play.played_at - started - TimeDelta::days(5);
        assert!(
            believed.abs() < TimeDelta::minutes(1),
            "a possible time stays"
        );
    }
    for run in [&plays[2..4], &plays[4..6], &plays[6..8], &plays[8..10]] {
        assert_eq!((run[0].seq, run[1].seq), (1, 2));
        assert!(run[0].played_at < run[1].played_at);
    }
}

#[tokio::test]
async fn the_loop_goes_on_where_it_was() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clips = [1, 2, 3].map(|seed| clip_bytes(seed, 1_000));
    let [one, two, three] = &clips;
    server.accept();
    server.publish(
        state_of(1, &[(one, 40), (two, 40), (three, 40)]),
        &[one, two, three],
    );
    let mut seen = Vec::new();
    for run in 0..6 {
        let player = player_of(&server, data.path()).await;
        if run == 0 {
            server.until_applied(1).await;
        }
        let mut page = Page::open(&player).await;
        page.until("playing").await;
        page.plays(40).await;
        server
            .until("the play", |world| world.plays.len() == run + 1)
            .await;
        seen.push(server.world().plays[run].sha256);
        player.stop().await;
    }
    let wanted: Vec<_> = clips.iter().map(|clip| support::hash(clip)).collect();
    assert_eq!(seen[..3], wanted, "each in its turn");
    assert_eq!(seen[3..], wanted);
}

#[tokio::test]
async fn a_loop_whose_files_are_all_lost_says_so_and_comes_back() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    player.stop().await;
    let files = data.path().join("files");
    std::fs::remove_dir_all(&files).unwrap();
    server.world().files.clear();

    let player = Player::start(settings_of(&server, data.path()))
        .await
        .unwrap();
    let mut page = Page::open(&player).await;
    page.until("idle").await;
    assert_eq!(page.view["reason"], "downloading");
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    page.until("playing").await;
    player.stop().await;
}
