//! What is told of the proof: by day, by video and site, and as CSV.

use api::error::ErrorCode;
use api::id::SiteId;
use api::play::{Clock, Play};
use api::report::{PlayCounts, PlayFilter, PlayReport};
use chrono::TimeDelta;
use futures::TryStreamExt;

use crate::play::{at, day, deliver, play, play_of_nothing, report};
use crate::support::{World, admin, code_of, on_every_database};

on_every_database!(
    the_local_day_is_the_one_on_site,
    a_report_has_every_day_and_stays_within_bounds,
    the_csv_holds_every_play_and_no_formula,
    the_csv_says_between_which_times_a_play_without_a_clock_happened,
    what_is_counted_for_all_sites_is_the_sum_of_what_is_counted_for_each,
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

async fn the_csv_says_between_which_times_a_play_without_a_clock_happened(world: World) {
    let (_, player) = world.linked(world.site("Gymnase").await).await;
    let video = world.upload("silent.mp4").await;
    let unsure = Play {
        clock: Clock::Unsynced,
        not_before: Some(at("2025-03-01T10:00:00Z")),
        not_after: Some(at("2025-03-02T08:30:00Z")),
        ..play(&video, at("2025-03-01T11:00:00Z"))
    };
    let sure = play(&video, at("2025-03-01T12:00:00Z"));
    deliver(&world, &player, vec![unsure.clone(), sure.clone()]).await;
    let filter = PlayFilter {
        from: Some(day("2025-03-01")),
        to: Some(day("2025-03-01")),
        ..PlayFilter::default()
    };
    let table = csv(&world, filter).await;
    let bounds = format!("{};2025-03-01 11:00:00;2025-03-02 09:30:00", unsure.id.0);
    assert!(table.contains(&bounds), "{table}");
    assert!(table.contains(&format!("{};;\r\n", sure.id.0)), "{table}");
}

async fn what_is_counted_for_all_sites_is_the_sum_of_what_is_counted_for_each(world: World) {
    let videos = [
        world.upload("silent.mp4").await,
        world.upload("upright.mp4").await,
    ];
    let mut sites = Vec::new();
    for (name, count) in [("Paris", 3), ("Brest", 5), ("Lille", 2)] {
        let site = world.site(name).await;
        let (_, player) = world.linked(site).await;
        let plays: Vec<Play> = (0..count)
            .flat_map(|hour| videos.iter().map(move |video| (hour, video)))
            .map(|(hour, video)| {
                play(
                    video,
                    at("2025-03-01T09:00:00Z") + TimeDelta::hours(9 * hour),
                )
            })
            .collect();
        let kept_apart = play_of_nothing();
        deliver(&world, &player, plays.clone()).await;
        // Delivered again, in part: counted once.
        let again = plays.into_iter().take(3).chain([kept_apart]);
        deliver(&world, &player, again.collect()).await;
        sites.push(site);
    }
    let between = |site, video| PlayFilter {
        from: Some(day("2025-03-01")),
        to: Some(day("2025-03-03")),
        site,
        video,
    };
    let mut of_each = Vec::new();
    for site in &sites {
        of_each.push(report(&world, between(Some(*site), None)).await);
    }
    let all = report(&world, between(None, None)).await;
    let days = |report: &PlayReport| -> Vec<u64> {
        report.days.iter().map(|day| day.counts.total()).collect()
    };
    let sums: Vec<u64> = (0..3)
        .map(|day| of_each.iter().map(|report| days(report)[day]).sum())
        .collect();
    assert_eq!(days(&all), sums);
    assert_eq!(all.total.total(), 20);
    // Each site's seconds are rounded down.
    let seconds: u64 = of_each.iter().map(|report| report.shown_s).sum();
    assert!((seconds..seconds + 3).contains(&all.shown_s));
    let by_site: Vec<(SiteId, u64)> = all
        .sites
        .iter()
        .map(|site| (site.site_id, site.counts.total()))
        .collect();
    assert_eq!(by_site, [(sites[1], 10), (sites[0], 6), (sites[2], 4)]);
    for video in &videos {
        let of_video = report(&world, between(None, Some(video.id))).await;
        assert_eq!(of_video.total.total(), 10);
        assert_eq!(of_video.days.len(), 3);
        let here = all.videos.iter().find(|row| row.video_id == video.id);
        assert_eq!(here.map(|row| row.counts), Some(of_video.total));
    }
}
