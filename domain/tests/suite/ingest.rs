//! Reports and plays on their way to the database.

use std::time::Duration;

use api::error::ErrorCode;
use api::id::SiteId;
use api::limit::{OFFLINE_AFTER, REPORT_INTERVAL};
use api::play::PlayBatch;
use api::player::Report;
use api::site::{Screen, SiteDetail, SiteStatus};
use domain::Actor;

use crate::support::screen::Screen as Machine;
use crate::support::{World, admin, code_of, eventually, on_every_database};

on_every_database!(
    what_waits_in_memory_survives_a_clean_stop,
    the_newest_report_counts_however_many_came,
    a_silent_player_is_offline_and_comes_back,
    a_player_is_never_silent_while_its_report_waits,
    a_known_state_and_token_are_served_without_the_database,
);

async fn report(world: &World, player: &Actor, report: Report) {
    let players = world.domain.players();
    players.report(player, report).await.unwrap();
}

async fn detail(world: &World, site: SiteId) -> SiteDetail {
    world.domain.sites().get(&admin(), site).await.unwrap()
}

async fn with_status(world: &World, site: SiteId, status: SiteStatus) -> SiteDetail {
    let look = async || {
        let detail = detail(world, site).await;
        (detail.site.status == status).then_some(detail)
    };
    eventually(look).await
}

fn waiting(machine: &Machine, plays: u64) -> Report {
    Report {
        waiting_plays: plays,
        ..Report::of_boot(machine.boot)
    }
}

async fn what_waits_in_memory_survives_a_clean_stop(world: World) {
    let site = world.site("Salle A").await;
    let (machine, player) = world.linked(site).await;
    report(&world, &player, waiting(&machine, 7)).await;
    let world = world.restarted().await;
    let seen = detail(&world, site).await;
    assert_eq!(seen.site.status, SiteStatus::Online);
    assert_eq!(seen.player.unwrap().waiting_plays, Some(7));
}

async fn the_newest_report_counts_however_many_came(world: World) {
    let mut players = Vec::new();
    for name in ["A", "B", "C"] {
        let site = world.site(name).await;
        players.push((site, world.linked(site).await));
    }
    for count in 0..200 {
        for (_, (machine, player)) in &players {
            report(&world, player, waiting(machine, count)).await;
        }
    }
    let world = world.restarted().await;
    for (site, _) in players {
        let player = detail(&world, site).await.player.unwrap();
        assert_eq!(player.waiting_plays, Some(199));
    }
}

async fn a_silent_player_is_offline_and_comes_back(world: World) {
    let site = world.site("Salle A").await;
    let (machine, player) = world.linked(site).await;
    report(&world, &player, waiting(&machine, 0)).await;
    with_status(&world, site, SiteStatus::Online).await;
    world.wait(OFFLINE_AFTER + Duration::from_secs(1));
    let silent = with_status(&world, site, SiteStatus::Offline).await;
    assert_eq!(silent.site.screen, Screen::Off);
    report(&world, &player, waiting(&machine, 0)).await;
    with_status(&world, site, SiteStatus::Online).await;
}

async fn a_player_is_never_silent_while_its_report_waits(world: World) {
    let site = world.site("Salle A").await;
    let (machine, player) = world.linked(site).await;
    report(&world, &player, waiting(&machine, 0)).await;
    with_status(&world, site, SiteStatus::Online).await;
    for _ in 0..6 {
        world.wait(REPORT_INTERVAL);
        report(&world, &player, waiting(&machine, 0)).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(detail(&world, site).await.site.status, SiteStatus::Online);
    }
}

async fn a_known_state_and_token_are_served_without_the_database(world: World) {
    let site = world.site("Salle A").await;
    let (machine, player) = world.linked(site).await;
    let players = world.domain.players();
    let token = machine.token_for(&world.domain, crate::support::screen::ORIGIN);
    let token = token.await.unwrap().token;
    players.authenticate(&token).await.unwrap();
    players.state(&player).await.unwrap();
    // Until here things changed: the next look at the count of changes must have passed.
    tokio::time::sleep(Duration::from_secs(3)).await;
    players.authenticate(&token).await.unwrap();
    let etag = players.state(&player).await.unwrap().etag.clone();
    let domain = world.domain.clone();
    world.domain.clone().close().await;
    let players = domain.players();
    assert_eq!(players.authenticate(&token).await.unwrap(), player);
    assert_eq!(players.state(&player).await.unwrap().etag, etag);
    let answer = players.report(&player, waiting(&machine, 0)).await;
    assert_eq!(answer.unwrap().etag, etag);
    let plays = vec![crate::play::play_of_nothing()];
    let late = domain.plays().deliver(&player, PlayBatch { plays }).await;
    assert_eq!(code_of(late), ErrorCode::Overloaded);
}
