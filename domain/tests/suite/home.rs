//! The fleet at a glance.

use api::permission::Role;
use api::player::Report;

use crate::support::{World, admin, code_of, eventually, on_every_database, somebody};

on_every_database!(an_empty_system_has_a_home, the_home_page_counts_the_fleet);

async fn an_empty_system_has_a_home(world: World) {
    let home = world.domain.home().get(&admin()).await.unwrap();
    assert_eq!((home.sites, home.videos, home.plays.total()), (0, 0, 0));
    assert!(home.silent.is_empty() && home.tiles.is_empty());
    assert!(!home.hours.is_empty());
    let sponsor = world.domain.home().get(&somebody(Role::Sponsor)).await;
    assert_eq!(code_of(sponsor), api::error::ErrorCode::Forbidden);
}

async fn the_home_page_counts_the_fleet(world: World) {
    let video = world.upload("silent.mp4").await;
    let online = world.site("Salle A").await;
    let silent = world.site("Salle B").await;
    world.site("Salle C").await;
    let (screen, player) = world.linked(online).await;
    world.linked(silent).await;
    let report = Report {
        clock: api::play::Clock::Synced,
        ..Report::of_boot(screen.boot)
    };
    world
        .domain
        .players()
        .report(&player, report)
        .await
        .unwrap();
    world.publish(online, None, &[video.id]).await.unwrap();

    let home = eventually(async || {
        let home = world.domain.home().get(&admin()).await.unwrap();
        (home.online > 0).then_some(home)
    });
    let home = home.await;
    assert_eq!(
        (home.sites, home.online, home.pending, home.videos),
        (3, 1, 1, 1)
    );
    let names = |sites: &[api::site::Site]| {
        let names: Vec<&str> = sites.iter().map(|site| site.name.as_str()).collect();
        names.join(", ")
    };
    assert_eq!(names(&home.silent), "Salle B");
    // It reports, but said nothing of a screen.
    assert_eq!(
        (home.dark, names(&home.dark_sites).as_str()),
        (1, "Salle A")
    );
    assert_eq!(names(&home.tiles), "Salle A, Salle B, Salle C");
    assert!(home.last_published_at.is_some());
}
