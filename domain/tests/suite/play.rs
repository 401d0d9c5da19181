//! The proof.

use api::error::ErrorCode;
use api::id::{BootId, PlayId, SiteId};
use api::play::{Clock, Outcome, Play, PlayBatch, Quarantine, Receipt};
use api::report::{PlayCounts, PlayFilter, PlayReport};
use api::video::Video;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Actor;

use crate::play_report::csv;
use crate::support::{World, admin, code_of, on_every_database};

on_every_database!(
    every_play_counts_exactly_once,
    plays_that_cannot_be_are_kept_apart,
    the_count_equals_the_stored_plays,
    deliveries_at_the_same_time_all_count,
    a_delivery_that_is_refused_takes_no_other_with_it,
    an_oversized_delivery_is_refused,
    plays_of_a_deleted_video_still_count,
);

pub fn play(video: &Video, played_at: DateTime<Utc>) -> Play {
    Play {
        video_id: video.id,
        sha256: video.sha256,
        played_at,
        duration_ms: video.duration_ms,
        shown_ms: video.duration_ms,
        ..play_of_nothing()
    }
}

/// A play of a video that nobody knows.
pub fn play_of_nothing() -> Play {
    Play {
        id: PlayId::new(),
        boot_id: BootId::new(),
        seq: 1,
        video_id: api::id::VideoId::new(),
        sha256: api::hash::FileHash([7; 32]),
        configuration_version: 1,
        played_at: Utc::now(),
        duration_ms: 1000,
        shown_ms: 1000,
        outcome: Outcome::Completed,
        clock: Clock::Synced,
        not_before: None,
        not_after: None,
    }
}

pub async fn deliver(world: &World, player: &Actor, plays: Vec<Play>) -> Vec<Receipt> {
    let sent: Vec<PlayId> = plays.iter().map(|play| play.id).collect();
    let answer = world
        .domain
        .plays()
        .deliver(player, PlayBatch { plays })
        .await;
    let receipts = answer.unwrap().receipts;
    let answered: Vec<PlayId> = receipts.iter().map(|receipt| receipt.id).collect();
    assert_eq!(answered, sent);
    receipts
        .into_iter()
        .map(|receipt| receipt.receipt)
        .collect()
}

pub async fn report(world: &World, filter: PlayFilter) -> PlayReport {
    world.domain.plays().report(&admin(), filter).await.unwrap()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn every_play_counts_exactly_once(world: World) {
    let (_, player) = world.linked(world.site("Salle A").await).await;
    let (video, now) = (world.upload("silent.mp4").await, world.clock.now());
    let plays: Vec<Play> = (0..3)
        .map(|second| play(&video, now - TimeDelta::seconds(second)))
        .collect();
    let mut sent = plays.clone();
    sent.push(plays[0].clone());
    assert_eq!(
        deliver(&world, &player, sent).await,
        [
            Receipt::Stored,
            Receipt::Stored,
            Receipt::Stored,
            Receipt::Duplicate
        ]
    );
    // The answer was lost: the player sends again, with one more.
    let mut again = plays.clone();
    again.push(play(&video, now));
    let world = world.restarted().await;
    assert_eq!(
        deliver(&world, &player, again).await,
        [
            Receipt::Duplicate,
            Receipt::Duplicate,
            Receipt::Duplicate,
            Receipt::Stored
        ]
    );
    let report = report(&world, PlayFilter::default()).await;
    assert_eq!(report.total.completed, 4);
    assert_eq!(report.shown_s, 4);
    assert_eq!(deliver(&world, &player, vec![]).await, []);
}

async fn plays_that_cannot_be_are_kept_apart(world: World) {
    let site = world.site("Salle A").await;
    let (_, player) = world.linked(site).await;
    let (video, now) = (world.upload("silent.mp4").await, world.clock.now());
    let other = world.upload("other.mp4").await;
    let good = play(&video, now);
    let make = |change: fn(&mut Play)| {
        let mut play = play(&video, now);
        change(&mut play);
        play
    };
    let mut foreign = play(&video, now);
    foreign.sha256 = other.sha256;
    let cases = [
        (foreign, Quarantine::UnknownVideo),
        (
            make(|play| play.video_id = api::id::VideoId::new()),
            Quarantine::UnknownVideo,
        ),
        (
            make(|play| play.shown_ms = 1101),
            Quarantine::ImpossibleDuration,
        ),
        (
            make(|play| play.shown_ms = u64::MAX),
            Quarantine::ImpossibleDuration,
        ),
        (
            make(|play| play.duration_ms = 9000),
            Quarantine::ImpossibleDuration,
        ),
        (
            play(&video, at("1970-01-01T00:00:09Z")),
            Quarantine::ImpossibleTime,
        ),
        (
            play(&video, at("2090-01-01T00:00:00Z")),
            Quarantine::ImpossibleTime,
        ),
        (
            play(&video, DateTime::<Utc>::MAX_UTC),
            Quarantine::ImpossibleTime,
        ),
        (
            play(&video, DateTime::<Utc>::MIN_UTC),
            Quarantine::ImpossibleTime,
        ),
    ];
    let mut sent: Vec<Play> = cases.iter().map(|(play, _)| play.clone()).collect();
    sent.push(good);
    sent.push(make(|play| play.shown_ms = 1100));
    let mut expected: Vec<Receipt> = cases
        .iter()
        .map(|(_, reason)| Receipt::Quarantined { reason: *reason })
        .collect();
    expected.extend([Receipt::Stored, Receipt::Stored]);
    assert_eq!(deliver(&world, &player, sent.clone()).await, expected);
    assert_eq!(
        deliver(&world, &player, sent).await,
        [Receipt::Duplicate; 11]
    );

    let today = report(&world, PlayFilter::default()).await;
    assert_eq!((today.total.total(), today.quarantined), (2, 5));
    assert_eq!(today.videos.len(), 1);
    let first = PlayFilter {
        from: Some(day("1970-01-01")),
        to: Some(day("1970-01-02")),
        ..PlayFilter::default()
    };
    assert_eq!(report(&world, first.clone()).await.quarantined, 1);
    assert!(csv(&world, first).await.contains("date impossible"));
}

async fn the_count_equals_the_stored_plays(world: World) {
    let sites = [world.site("Salle A").await, world.site("Salle B").await];
    let videos = [
        world.upload("silent.mp4").await,
        world.upload("other.mp4").await,
    ];
    let now = world.clock.now();
    for (turn, site) in sites.into_iter().enumerate() {
        let (_, player) = world.linked(site).await;
        let plays = (0..200).map(|n: usize| {
            let hours = i64::try_from(n).unwrap();
            let mut play = play(&videos[n % 2], now - TimeDelta::hours(hours));
            play.outcome = Outcome::ALL[(n / 2 + turn) % 4];
            play
        });
        deliver(&world, &player, plays.collect()).await;
    }
    for filter in [
        PlayFilter::default(),
        PlayFilter {
            site: Some(sites[0]),
            ..PlayFilter::default()
        },
        PlayFilter {
            video: Some(videos[1].id),
            ..PlayFilter::default()
        },
    ] {
        let counted = report(&world, filter.clone()).await;
        let rows = csv(&world, filter).await;
        let of = |outcome: &str| rows.matches(&format!(";{outcome};")).count() as u64;
        let stored = PlayCounts {
            completed: of("complète"),
            skipped: of("écourtée"),
            error: of("erreur"),
            cut: of("coupée"),
        };
        assert_eq!(counted.total, stored);
        assert_eq!(stored.total(), rows.lines().count() as u64 - 1);
        let days: u64 = counted.days.iter().map(|day| day.counts.total()).sum();
        let videos: u64 = counted.videos.iter().map(|row| row.counts.total()).sum();
        let sites: u64 = counted.sites.iter().map(|row| row.counts.total()).sum();
        assert_eq!(
            (days, videos, sites),
            (stored.total(), stored.total(), stored.total())
        );
    }
}

async fn deliveries_at_the_same_time_all_count(world: World) {
    let (_, player) = world.linked(world.site("Salle A").await).await;
    let videos = [
        world.upload("silent.mp4").await,
        world.upload("other.mp4").await,
    ];
    let now = world.clock.now();
    let plays: Vec<Play> = (0..100).map(|n| play(&videos[n % 2], now)).collect();
    let deliveries = (0..4).map(|turn| {
        // All of them carry the first ten plays.
        let own = plays[10..].iter().skip(turn).step_by(4);
        let sent: Vec<Play> = plays[..10].iter().chain(own).cloned().collect();
        deliver(&world, &player, sent)
    });
    let receipts = futures::future::join_all(deliveries).await.concat();
    let stored = receipts
        .iter()
        .filter(|receipt| **receipt == Receipt::Stored);
    assert_eq!(stored.count(), 100);
    assert_eq!(
        report(&world, PlayFilter::default()).await.total.completed,
        100
    );
}

async fn a_delivery_that_is_refused_takes_no_other_with_it(world: World) {
    let (_, good) = world.linked(world.site("Salle A").await).await;
    let gone = Actor::Player {
        site: SiteId::new(),
        key_id: "0".repeat(64),
    };
    let (video, now) = (world.upload("silent.mp4").await, world.clock.now());
    let plays = world.domain.plays();
    let batch = || PlayBatch {
        plays: vec![play(&video, now)],
    };
    let deliveries = (0..20).map(|turn| {
        let player = if turn % 2 == 0 { &good } else { &gone };
        plays.deliver(player, batch())
    });
    let outcomes = futures::future::join_all(deliveries).await;
    for (turn, outcome) in outcomes.into_iter().enumerate() {
        match (turn % 2, outcome) {
            (0, outcome) => assert_eq!(outcome.unwrap().receipts[0].receipt, Receipt::Stored),
            (_, outcome) => assert_eq!(code_of(outcome), ErrorCode::NotFound),
        }
    }
    assert_eq!(
        report(&world, PlayFilter::default()).await.total.total(),
        10
    );
}

async fn an_oversized_delivery_is_refused(world: World) {
    let (_, player) = world.linked(world.site("Salle A").await).await;
    let (video, now) = (world.upload("silent.mp4").await, world.clock.now());
    let plays = (0..501).map(|_| play(&video, now)).collect();
    let plays = world
        .domain
        .plays()
        .deliver(&player, PlayBatch { plays })
        .await;
    assert_eq!(code_of(plays), ErrorCode::Invalid);
    let person = world
        .domain
        .plays()
        .deliver(&admin(), PlayBatch { plays: vec![] })
        .await;
    assert_eq!(code_of(person), ErrorCode::Forbidden);
    assert_eq!(report(&world, PlayFilter::default()).await.total.total(), 0);
}

/// A box that was offline delivers plays of weeks ago.
async fn plays_of_a_deleted_video_still_count(world: World) {
    let (_, player) = world.linked(world.site("Salle A").await).await;
    let (video, now) = (world.upload("silent.mp4").await, world.clock.now());
    let earlier = vec![play(&video, now - TimeDelta::days(1))];
    deliver(&world, &player, earlier).await;
    let videos = world.domain.videos();
    videos.delete(&admin(), video.id).await.unwrap();
    let later = deliver(&world, &player, vec![play(&video, now)]).await;
    assert_eq!(later, [Receipt::Stored]);
    let report = report(&world, PlayFilter::default()).await;
    assert_eq!((report.total.completed, report.quarantined), (2, 0));
    let shown = &report.videos[0];
    assert_eq!((shown.name.as_str(), shown.deleted), ("silent", true));
}

/// So does a newer server's migration while this one still runs, in a rolling restart.
#[tokio::test]
async fn a_column_that_somebody_adds_stops_no_play() {
    let world = World::behind_pgbouncer().await;
    let site = world.site("Salle A").await;
    let (_, player) = world.linked(site).await;
    let video = world.upload("silent.mp4").await;
    world
        .psql("ALTER TABLE analytics ADD COLUMN note TEXT NOT NULL DEFAULT 'rien'")
        .await;
    let sent = vec![play(&video, Utc::now())];
    assert_eq!(deliver(&world, &player, sent).await, [Receipt::Stored]);
    assert_eq!(
        world.psql("SELECT note FROM analytics").await.trim(),
        "rien"
    );
}
