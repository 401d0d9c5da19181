//! What is told of the proof: by day, by video and site, and as CSV.

use api::error::ErrorCode;
use api::id::SiteId;
use api::report::{PlayCounts, PlayFilter};
use chrono::TimeDelta;
use futures::TryStreamExt;

use crate::play::{at, day, deliver, play, report};
use crate::support::{World, admin, code_of, on_every_database};

on_every_database!(
    the_local_day_is_the_one_on_site,
    a_report_has_every_day_and_stays_within_bounds,
    the_csv_holds_every_play_and_no_formula,
);

pub async fn csv(world: &World, filter: PlayFilter) -> String {
    let pieces = world.domain.plays().csv(&admin(), filter).await.unwrap();
    let pieces: Vec<_> = pieces.try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

async fn plays_by_day(world: &World, site: SiteId, from: &str, to: &str) -> Vec<u64> {
    let filter = PlayFilter {
        from: Some(day(from)),
        to: Some(day(to)),
        site: Some(site),
        video: None,
    };
    let report = report(world, filter).await;
    report.days.iter().map(|day| day.counts.total()).collect()
}

async fn the_local_day_is_the_one_on_site(world: World) {
    let video = world.upload("silent.mp4").await;
    let paris = world.site("Paris").await;
    let reunion = world.site_in("Saint-Denis", "Indian/Reunion").await;
    let (_, in_paris) = world.linked(paris).await;
    let (_, in_reunion) = world.linked(reunion).await;
    let times = [
        // 23:30 and 00:30 on site in winter; one hour later in summer.
        "2025-01-14T22:30:00Z",
        "2025-01-14T23:30:00Z",
        "2025-07-14T21:30:00Z",
        "2025-07-14T22:30:00Z",
        // The night when 2:30 comes twice.
        "2025-10-26T00:30:00Z",
        "2025-10-26T01:30:00Z",
    ];
    let plays = || times.iter().map(|time| play(&video, at(time))).collect();
    deliver(&world, &in_paris, plays()).await;
    deliver(&world, &in_reunion, plays()).await;
    let in_days = async |site, from, to| plays_by_day(&world, site, from, to).await;
    assert_eq!(in_days(paris, "2025-01-14", "2025-01-15").await, [1, 1]);
    assert_eq!(in_days(paris, "2025-07-14", "2025-07-15").await, [1, 1]);
    assert_eq!(in_days(paris, "2025-10-25", "2025-10-26").await, [0, 2]);
    assert_eq!(in_days(reunion, "2025-01-14", "2025-01-15").await, [0, 2]);
    let filter = PlayFilter {
        from: Some(day("2025-10-26")),
        to: Some(day("2025-10-26")),
        site: Some(paris),
        video: None,
    };
    let rows = csv(&world, filter).await;
    assert!(rows.contains("2025-10-26;02:30:00;UTC+02:00;"), "{rows}");
    assert!(rows.contains("2025-10-26;02:30:00;UTC+01:00;"), "{rows}");
}

async fn a_report_has_every_day_and_stays_within_bounds(world: World) {
    let empty = report(&world, PlayFilter::default()).await;
    assert_eq!(empty.days.len(), 14);
    assert_eq!(empty.total, PlayCounts::default());
    let between = |from: &str, to: &str| PlayFilter {
        from: Some(day(from)),
        to: Some(day(to)),
        ..PlayFilter::default()
    };
    let year = report(&world, between("2025-01-01", "2026-02-04")).await;
    assert_eq!(year.days.len(), 400);
    for filter in [
        between("2025-01-01", "2026-02-05"),
        between("2025-01-02", "2025-01-01"),
    ] {
        let plays = world.domain.plays();
        assert_eq!(
            code_of(plays.report(&admin(), filter.clone()).await),
            ErrorCode::Invalid
        );
        assert!(plays.csv(&admin(), filter).await.is_err());
    }
}

async fn the_csv_holds_every_play_and_no_formula(world: World) {
    let (_, player) = world.linked(world.site("=1+1").await).await;
    let video = world.upload("silent.mp4").await;
    let name = "Martin; \"Père & Fils\"".to_owned();
    world
        .domain
        .videos()
        .rename(&admin(), video.id, name)
        .await
        .unwrap();
    let played_at = at("2025-03-01T11:00:00Z");
    for _ in 0..5 {
        let plays = (0..500).map(|n| play(&video, played_at + TimeDelta::seconds(n % 7)));
        deliver(&world, &player, plays.collect()).await;
    }
    let filter = PlayFilter {
        from: Some(day("2025-02-28")),
        to: Some(day("2025-03-02")),
        ..PlayFilter::default()
    };
    let table = csv(&world, filter).await;
    assert!(table.starts_with("\u{feff}Jour;Heure;"));
    let rows: std::collections::HashSet<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 2500);
    let expected = "2025-03-01;12:00:00;UTC+01:00;'=1+1;\"Martin; \"\"Père & Fils\"\"\";\
        1,000;1,000;complète;à l’heure;oui;;1;";
    assert!(
        rows.iter().any(|row| row.starts_with(expected)),
        "{table:.400}"
    );
}
