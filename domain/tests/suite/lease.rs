//! One instance leads at a time.

use std::time::Duration;

use api::player::Report;
use api::site::SiteStatus;

use crate::support::{World, admin, eventually, on_every_database};

on_every_database!(
    silence_is_noticed_by_the_one_that_leads_and_by_the_next_one,
    time_online_counts_once_however_many_instances_hear_it,
);

async fn status(world: &World, site: api::id::SiteId) -> SiteStatus {
    let sites = world.domain.sites();
    sites.get(&admin(), site).await.unwrap().site.status
}

async fn silence_is_noticed_by_the_one_that_leads_and_by_the_next_one(world: World) {
    let other = world.another_instance().await;
    let site = world.site("Salle A").await;
    let (screen, player) = world.linked(site).await;
    for _ in 0..2 {
        let report = Report::of_boot(screen.boot);
        other.players().report(&player, report).await.unwrap();
        eventually(async || (status(&world, site).await == SiteStatus::Online).then_some(())).await;
        world.wait(Duration::from_mins(1));
        eventually(async || (status(&world, site).await == SiteStatus::Offline).then_some(()))
            .await;
    }
    // The first gives its lease back; the other takes it at its next try.
    let report = Report::of_boot(screen.boot);
    other.players().report(&player, report).await.unwrap();
    eventually(async || (status(&world, site).await == SiteStatus::Online).then_some(())).await;
    let (clock, world) = (world.clock.clone(), world);
    world.domain.clone().close().await;
    clock.advance(chrono::TimeDelta::seconds(60));
    let is_offline = async || {
        let shown = other.sites().get(&admin(), site).await.unwrap().site;
        (shown.status == SiteStatus::Offline).then_some(())
    };
    let begun = tokio::time::Instant::now();
    while is_offline().await.is_none() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody noticed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    other.close().await;
}

async fn time_online_counts_once_however_many_instances_hear_it(world: World) {
    let other = world.another_instance().await;
    let site = world.site("Salle A").await;
    let (screen, player) = world.linked(site).await;
    let begun = world.clock.now();
    for report in 0..8 {
        let domain = if report % 2 == 0 {
            &world.domain
        } else {
            &other
        };
        let (at, told) = (world.clock.now(), Report::of_boot(screen.boot));
        domain.players().report(&player, told).await.unwrap();
        eventually(async || {
            let shown = world.domain.sites().get(&admin(), site).await.unwrap().site;
            shown.last_seen.filter(|seen| *seen >= at).map(drop)
        })
        .await;
        world.wait(Duration::from_secs(15));
    }
    let passed = world.clock.now() - begun;
    other.close().await;
    let world = world.restarted().await;
    // Two rows where an hour ended meanwhile.
    let select = format!(
        "SELECT site_id FROM health WHERE step_s = 3600 GROUP BY site_id \
         HAVING SUM(online_ms) BETWEEN 100000 AND {}",
        passed.num_milliseconds()
    );
    assert_eq!(world.count(&select).await, 1);
}
