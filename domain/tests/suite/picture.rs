//! Pictures: how long they stand on screen, and what that changes.

use std::time::{Duration, Instant};

use api::error::ErrorCode;
use api::id::VideoId;
use api::limit::PICTURE_MS;
use api::permission::Role;
use api::play::{Play, Quarantine, Receipt};
use api::video::{Ground, Video, VideoKind};
use domain::Actor;

use crate::play::{deliver, play};
use crate::support::{World, admin, code_of, on_every_database, somebody};

on_every_database!(
    players_of_the_sites_that_show_a_picture_follow_its_duration,
    another_instance_tells_its_players_too,
    a_duration_changes_no_published_version,
    a_duration_has_bounds_and_is_a_pictures,
    plays_keep_the_duration_of_their_time,
    durations_and_publications_wait_for_each_other,
);

async fn set(world: &World, id: VideoId, duration_ms: u64) -> domain::Result<Video> {
    let videos = world.domain.videos();
    videos.set_duration(&admin(), id, duration_ms).await
}

async fn players_of_the_sites_that_show_a_picture_follow_its_duration(world: World) {
    let (film, picture) = (
        world.upload("sound.mp4").await,
        world.upload("picture.png").await,
    );
    let (shows, showed) = (world.site("Salle A").await, world.site("Salle B").await);
    let (_, player) = world.linked(shows).await;
    let (_, other) = world.linked(showed).await;
    let loop_ = [picture.id, film.id, picture.id];
    world.publish(shows, None, &loop_).await.unwrap();
    world.publish(showed, None, &loop_).await.unwrap();
    world.publish(showed, Some(1), &[film.id]).await.unwrap();
    let (etag, before) = world.state(&player).await;
    let (other_etag, _) = world.state(&other).await;
    let items = &before.configuration.default_loop;
    assert_eq!(
        (items[0].kind, items[0].ground),
        (VideoKind::Picture, Ground::White)
    );
    assert_eq!(
        (items[1].kind, items[1].ground),
        (VideoKind::Film, Ground::Black)
    );

    let changed = set(&world, picture.id, 3_000).await.unwrap();
    assert_eq!((changed.duration_ms, changed.sites), (3_000, 1));
    // From the very next poll on, from memory.
    let (new_etag, after) = world.state(&player).await;
    assert_ne!(new_etag, etag);
    let durations = after.configuration.default_loop.iter();
    let durations: Vec<u64> = durations.map(|item| item.duration_ms).collect();
    assert_eq!(durations, [3_000, film.duration_ms, 3_000]);
    assert_eq!(after.configuration_version, before.configuration_version);
    assert_eq!(after.files, before.files);
    assert_eq!(
        world.state(&other).await.0,
        other_etag,
        "it shows it no more"
    );

    // The same once more is no news.
    set(&world, picture.id, 3_000).await.unwrap();
    assert_eq!(world.state(&player).await.0, new_etag);
    assert_eq!(world.audited("video.set_duration").await, 2);
    // The next publication takes it as it is.
    world.publish(showed, Some(2), &[picture.id]).await.unwrap();
    let (_, state) = world.state(&other).await;
    assert_eq!(state.configuration.default_loop[0].duration_ms, 3_000);
}

async fn another_instance_tells_its_players_too(world: World) {
    let picture = world.upload("picture.jpg").await;
    let site = world.site("Salle A").await;
    let (_, player) = world.linked(site).await;
    world.publish(site, None, &[picture.id]).await.unwrap();
    let other = world.another_instance().await;
    let etag = other.players().state(&player).await.unwrap().etag.clone();
    set(&world, picture.id, 42_000).await.unwrap();
    let begun = Instant::now();
    while other.players().state(&player).await.unwrap().etag == etag {
        assert!(begun.elapsed() < Duration::from_secs(5), "still as it was");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    other.close().await;
}

async fn a_duration_changes_no_published_version(world: World) {
    let picture = world.upload("picture.jpg").await;
    let site = world.site("Salle A").await;
    world.publish(site, None, &[picture.id]).await.unwrap();
    set(&world, picture.id, 20_000).await.unwrap();
    let configurations = world.domain.configurations();
    let published = configurations.version(&admin(), site, 1).await.unwrap();
    assert_eq!(published.places[0].duration_ms, 10_000);
    let editor = configurations.site_loop(&admin(), site).await.unwrap();
    assert_eq!(editor.videos[0].duration_ms, 20_000);
}

async fn a_duration_has_bounds_and_is_a_pictures(world: World) {
    let (film, picture) = (
        world.upload("sound.mp4").await,
        world.upload("picture.png").await,
    );
    let (shortest, longest) = PICTURE_MS.into_inner();
    for duration_ms in [0, shortest - 1, longest + 1, u64::MAX] {
        let refused = set(&world, picture.id, duration_ms).await;
        assert_eq!(code_of(refused), ErrorCode::Invalid, "{duration_ms}");
    }
    for duration_ms in [shortest, longest] {
        let changed = set(&world, picture.id, duration_ms).await.unwrap();
        assert_eq!(changed.duration_ms, duration_ms);
    }
    assert_eq!(
        code_of(set(&world, film.id, 5_000).await),
        ErrorCode::DurationFixed
    );
    let unknown = set(&world, VideoId::new(), 5_000).await;
    assert_eq!(code_of(unknown), ErrorCode::NotFound);
    let videos = world.domain.videos();
    let viewer = somebody(Role::Viewer);
    let refused = videos.set_duration(&viewer, picture.id, 5_000).await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
}

async fn plays_keep_the_duration_of_their_time(world: World) {
    let (film, picture) = (
        world.upload("sound.mp4").await,
        world.upload("picture.png").await,
    );
    let (_, player) = world.linked(world.site("Salle A").await).await;
    let now = world.clock.now();
    let long_ago = play(&picture, now);
    let picture = set(&world, picture.id, 3_000).await.unwrap();
    let short = play(&picture, now);
    let of = |video: &Video, duration_ms, shown_ms| Play {
        duration_ms,
        shown_ms,
        ..play(video, now)
    };
    let quarantined = Receipt::Quarantined {
        reason: Quarantine::ImpossibleDuration,
    };
    for (play, receipt) in [
        (long_ago, Receipt::Stored),
        (short, Receipt::Stored),
        (of(&picture, 400, 400), quarantined),
        (of(&picture, 301_000, 301_000), quarantined),
        (of(&picture, 3_000, 9_000), quarantined),
        (of(&film, 9_000, 9_000), quarantined),
    ] {
        assert_eq!(deliver(&world, &player, vec![play]).await, [receipt]);
    }
}

/// Who publishes takes the videos first and then the site, like who changes a duration: neither
/// waits for the other in a circle, and the last word is told to the players.
async fn durations_and_publications_wait_for_each_other(world: World) {
    let picture = world.upload("picture.png").await;
    let sites = [world.site("Salle A").await, world.site("Salle B").await];
    let mut players: Vec<Actor> = Vec::new();
    for site in sites {
        world.publish(site, None, &[picture.id]).await.unwrap();
        players.push(world.linked(site).await.1);
    }
    let durations = async {
        for duration_ms in 2..12 {
            set(&world, picture.id, duration_ms * 1_000).await.unwrap();
        }
    };
    let publications = async |site| {
        for version in 1..6 {
            let published = world.publish(site, Some(version), &[picture.id]).await;
            published.unwrap();
        }
    };
    tokio::join!(durations, publications(sites[0]), publications(sites[1]));
    for player in players {
        let (_, state) = world.state(&player).await;
        assert_eq!(state.configuration_version, 6);
        assert_eq!(state.configuration.default_loop[0].duration_ms, 11_000);
    }
}
