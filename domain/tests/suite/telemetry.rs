//! How machines are, over time.

use std::time::Duration;

use api::hours::ExpectedHours;
use api::id::SiteId;
use api::limit::REPORT_INTERVAL;
use api::metrics::{Metrics, Throttling};
use api::permission::Role;
use api::player::Report;
use api::site::NewSite;
use api::telemetry::{Gauge, HealthFilter, Period, SiteHealth};

use crate::support::{World, admin, code_of, eventually, on_every_database, somebody};

on_every_database!(
    figures_are_added_up_and_unknown_ones_stay_unknown,
    hours_that_nobody_expects_do_not_count,
    old_figures_go,
    only_who_may_sees_how_a_machine_is,
);

fn hot(degrees: i32) -> Metrics {
    Metrics {
        cpu_percent: Some(40),
        temperature_millicelsius: Some(degrees * 1000),
        throttling: Some(Throttling {
            throttled: degrees > 80,
            ..Throttling::default()
        }),
        ..Metrics::default()
    }
}

async fn health(world: &World, site: SiteId, period: Period) -> SiteHealth {
    let filter = HealthFilter { period };
    let telemetry = world.domain.telemetry();
    telemetry.health(&admin(), site, filter).await.unwrap()
}

/// A site whose screen is expected at every hour.
async fn site_at_all_hours(world: &World) -> SiteId {
    let new = NewSite {
        expected_hours: ExpectedHours {
            from: 0,
            to: 24,
            public_holidays: true,
            ..ExpectedHours::default()
        },
        ..NewSite::named("Salle A")
    };
    world.domain.sites().create(&admin(), new).await.unwrap().id
}

async fn figures_are_added_up_and_unknown_ones_stay_unknown(world: World) {
    let site = site_at_all_hours(&world).await;
    let (machine, player) = world.linked(site).await;
    for degrees in [50, 60, 85] {
        let report = Report {
            metrics: hot(degrees),
            ..Report::of_boot(machine.boot)
        };
        world
            .domain
            .players()
            .report(&player, report)
            .await
            .unwrap();
        world.wait(REPORT_INTERVAL);
    }
    // What is gathered is written at a stop, and added to what is there.
    let world = world.restarted().await;
    let report = Report::of_boot(machine.boot);
    world
        .domain
        .players()
        .report(&player, report)
        .await
        .unwrap();
    let world = world.restarted().await;

    for period in Period::ALL {
        let health = health(&world, site, period).await;
        let told: Vec<_> = health
            .points
            .iter()
            .filter(|point| point.cpu_percent.is_some())
            .collect();
        // Two where the reports lie in two quarters.
        assert!((1..=2).contains(&told.len()), "{period:?}: {told:?}");
        let most = told
            .iter()
            .filter_map(|point| point.temperature_celsius)
            .map(|gauge| gauge.most);
        assert_eq!(most.max(), Some(85), "{period:?}");
        assert!(told.iter().any(|point| point.throttled == Some(true)));
        assert!(
            told.iter()
                .all(|point| point.cpu_percent == Some(Gauge { mean: 40, most: 40 }))
        );
        assert!(
            health
                .points
                .iter()
                .all(|point| point.memory_percent.is_none())
        );
        assert!(health.availability.online_s >= 30, "{health:?}");
        assert!(health.availability.known_s >= health.availability.online_s);
    }
    let detail = world.domain.sites().get(&admin(), site).await.unwrap();
    assert_eq!(detail.player.unwrap().metrics, Metrics::default());
}

async fn hours_that_nobody_expects_do_not_count(world: World) {
    let site = site_at_all_hours(&world).await;
    let (machine, player) = world.linked(site).await;
    for _ in 0..3 {
        let report = Report::of_boot(machine.boot);
        world
            .domain
            .players()
            .report(&player, report)
            .await
            .unwrap();
        world.wait(REPORT_INTERVAL);
    }
    let world = world.restarted().await;
    let before = health(&world, site, Period::Week).await;
    assert!(before.availability.known_s > 0);
    assert!((7 * 24..=7 * 24 + 1).contains(&before.availability.expected_s.div_ceil(3600)));

    // Another weekday than today and tomorrow.
    let today = world.clock.now().date_naive();
    let other = chrono::Datelike::weekday(&(today + chrono::TimeDelta::days(3)));
    let change = NewSite {
        expected_hours: ExpectedHours {
            from: 10,
            to: 12,
            days: vec![other.into()],
            public_holidays: true,
            ..ExpectedHours::default()
        },
        ..NewSite::named("Salle A")
    };
    world
        .domain
        .sites()
        .update(&admin(), site, change)
        .await
        .unwrap();
    let after = health(&world, site, Period::Week).await.availability;
    assert_eq!(
        (after.expected_s, after.known_s, after.online_s),
        (2 * 3600, 0, 0)
    );
}

async fn old_figures_go(world: World) {
    let site = site_at_all_hours(&world).await;
    let (machine, player) = world.linked(site).await;
    let report = || Report {
        metrics: hot(50),
        ..Report::of_boot(machine.boot)
    };
    world
        .domain
        .players()
        .report(&player, report())
        .await
        .unwrap();
    let world = world.restarted().await;
    let rows = "SELECT site_id FROM health";
    assert_eq!(world.count(rows).await, 2);
    // The job looks at every start.
    let mut world = world;
    for (days, left) in [(4, 1), (63, 0)] {
        world.wait(Duration::from_secs(days * 24 * 3600));
        world = world.restarted().await;
        let look = async || (world.count(rows).await == left).then_some(());
        eventually(look).await;
    }
}

async fn only_who_may_sees_how_a_machine_is(world: World) {
    let site = world.site("Salle A").await;
    let telemetry = world.domain.telemetry();
    let filter = HealthFilter::default();
    let sponsor = telemetry
        .health(&somebody(Role::Sponsor), site, filter)
        .await;
    assert_eq!(code_of(sponsor), api::error::ErrorCode::Forbidden);
    let unknown = telemetry.health(&admin(), SiteId::new(), filter).await;
    assert_eq!(code_of(unknown), api::error::ErrorCode::NotFound);
}
