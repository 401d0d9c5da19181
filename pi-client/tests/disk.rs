//! A disk that is full, and one that loses bits.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use api::player::{FetchTrouble, PassedOverReason};
use pi_client::{Player, Settings};
use support::page::Page;
use support::server::FakeServer;
use support::{clip_bytes, hash, player_of, settings_of, state_of};

const MEGABYTE: u64 = 1024 * 1024;

fn path_of(data: &Path, bytes: &[u8]) -> PathBuf {
    data.join("files").join(hash(bytes).to_string())
}

fn used(folder: &Path) -> u64 {
    let sizes = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            used(&entry.path())
        } else {
            metadata.len()
        }
    });
    sizes.sum()
}

/// A player that may take this much beyond its empty folder.
fn settings_with_room(server: &FakeServer, data: &Path, room: u64) -> Settings {
    let mut settings = settings_of(server, data);
    settings.space.reserve = 2 * MEGABYTE;
    settings.space.limit = Some(used(data) + room);
    settings
}

/// A linked player's folder.
async fn linked(server: &FakeServer, data: &Path) {
    server.accept();
    let player = player_of(server, data).await;
    server
        .until("it reports", |world| !world.reports.is_empty())
        .await;
    player.stop().await;
}

#[tokio::test]
async fn what_is_too_big_waits_and_says_so_while_the_rest_plays() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    linked(&server, data.path()).await;
    let (small, big) = (clip_bytes(1, 1_000), clip_bytes(2, 6_000_000));
    let settings = settings_with_room(&server, data.path(), 6 * MEGABYTE);
    let limit = settings.space.limit.unwrap();
    server.publish(state_of(1, &[(&small, 200)]), &[&small]);
    let player = Player::start(settings).await.unwrap();
    server.until_applied(1).await;
    server.publish(state_of(2, &[(&big, 200)]), &[&big]);
    server
        .until("the trouble is told", |world| {
            let fetching = world.reports.last().and_then(|report| report.fetching);
            fetching.and_then(|file| file.trouble) == Some(FetchTrouble::DiskFull)
        })
        .await;
    let mut page = Page::open(&player).await;
    page.plays(200).await;
    server
        .until("the play", |world| world.plays.len() == 1)
        .await;
    assert!(used(data.path()) <= limit);
    assert!(path_of(data.path(), &small).exists());
    server.publish(state_of(3, &[(&small, 200)]), &[]);
    server.until_applied(3).await;
    player.stop().await;
}

#[tokio::test]
async fn the_loop_before_makes_room_for_the_next_but_never_the_one_on_screen() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    linked(&server, data.path()).await;
    let clips = [1, 2, 3].map(|seed| clip_bytes(seed, 2_000_000));
    let mut settings = settings_with_room(&server, data.path(), 7 * MEGABYTE);
    settings.space.reserve = 2 * MEGABYTE;
    let player = Player::start(settings).await.unwrap();
    for (version, clip) in (1..).zip(&clips) {
        server.publish(state_of(version, &[(clip, 200)]), &[clip]);
        server.until_applied(version).await;
        assert!(path_of(data.path(), clip).exists());
    }
    assert!(!path_of(data.path(), &clips[0]).exists());
    let page = Page::open(&player).await;
    assert_eq!(page.view["page"], "playing");
    player.stop().await;
}

#[tokio::test]
async fn a_full_disk_keeps_plays_and_configuration_in_the_room_of_the_reserve() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    linked(&server, data.path()).await;
    let clip = clip_bytes(1, 1_000);
    server.publish(state_of(1, &[(&clip, 40)]), &[&clip]);
    let mut settings = settings_with_room(&server, data.path(), 0);
    settings.space.reserve = 6 * MEGABYTE;
    settings.space.limit = settings.space.limit.map(|limit| limit + 7 * MEGABYTE);
    let player = Player::start(settings.clone()).await.unwrap();
    server.until_applied(1).await;
    let reserve = data.path().join("reserve");
    assert_eq!(fs::metadata(&reserve).unwrap().len(), 6 * MEGABYTE);
    player.stop().await;

    // Another program takes what is left.
    let left = settings.space.limit.unwrap() - used(data.path());
    let hog = fs::File::create(data.path().join("hog")).unwrap();
    hog.set_len(left).unwrap();
    let player = Player::start(settings).await.unwrap();
    server.world().deliveries_lost = u32::MAX;
    let mut page = Page::open(&player).await;
    let mut plays: u64 = 0;
    while reserve.exists() {
        page.plays(40).await;
        plays += 1;
        assert!(plays < 2_000, "the disk never was full");
    }
    for _ in 0..3 {
        page.plays(40).await;
    }
    server.world().deliveries_lost = 0;
    server
        .until("every play", |world| {
            world.plays.len() as u64 == plays + 3
                && world.reports.last().unwrap().waiting_plays == 0
        })
        .await;
    assert_eq!(server.world().reports.last().unwrap().lost_plays, Some(0));
    player.stop().await;
}

#[tokio::test]
async fn a_disk_without_any_room_stops_no_player() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    linked(&server, data.path()).await;
    let clip = clip_bytes(1, 1_000);
    fs::remove_file(data.path().join("reserve")).unwrap();
    let settings = settings_with_room(&server, data.path(), 0);
    server.publish(state_of(1, &[(&clip, 200)]), &[&clip]);
    let player = Player::start(settings).await.unwrap();
    server
        .until("it goes on reporting", |world| {
            let fetching = world.reports.last().and_then(|report| report.fetching);
            fetching.and_then(|file| file.trouble) == Some(FetchTrouble::DiskFull)
        })
        .await;
    player.stop().await;
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    player.stop().await;
}

#[tokio::test]
async fn a_file_that_rots_on_the_card_is_found_and_fetched_again() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let (one, two) = (clip_bytes(1, 1_000), clip_bytes(2, 1_000));
    server.accept();
    server.publish(state_of(1, &[(&one, 200), (&two, 200)]), &[&one, &two]);
    let mut settings = settings_of(&server, data.path());
    settings.pace.scrub = Duration::from_millis(50);
    settings.pace.scrub_pause = Duration::ZERO;
    let player = Player::start(settings).await.unwrap();
    server.until_applied(1).await;
    let asked = server.world().file_requests.len();
    server.world().files.remove(&hash(&one));
    fs::write(path_of(data.path(), &one), vec![9; 1_000]).unwrap();
    server
        .until("it is passed over and said so", |world| {
            let passed_over = &world.reports.last().unwrap().passed_over;
            passed_over.len() == 1 && passed_over[0].reason == PassedOverReason::Missing
        })
        .await;
    assert!(server.world().file_requests.len() > asked);
    let mut page = Page::open(&player).await;
    for _ in 0..3 {
        let src = page.view["current"]["src"].as_str().unwrap();
        assert!(src.contains(&hash(&two).to_string()), "only what is here");
        page.plays(200).await;
    }
    server.publish(state_of(1, &[(&one, 200), (&two, 200)]), &[&one, &two]);
    server
        .until("it is whole again", |world| {
            world.reports.last().unwrap().passed_over.is_empty()
        })
        .await;
    assert_eq!(fs::read(path_of(data.path(), &one)).unwrap(), one);
    player.stop().await;
}
