//! Sites.

use std::time::Duration;

use api::error::ErrorCode;
use api::id::SiteId;
use api::permission::Role;
use api::site::{NewSite, Screen, SiteFilter, SiteStatus};
use chrono::TimeDelta;

use crate::support::{World, admin, code_of, eventually, on_every_database, somebody};

on_every_database!(
    a_created_site_is_found_again,
    sites_are_found_by_name_club_and_town_without_accents,
    sites_come_in_pages_by_name,
    an_edit_changes_the_facts_and_nothing_else,
    a_wrong_time_zone_is_refused_and_nothing_stored,
    only_who_may_manages_sites,
    an_unknown_site_is_not_found,
    a_player_that_fell_silent_while_no_server_ran_is_offline,
);

async fn names(world: &World, filter: SiteFilter) -> Vec<String> {
    let page = world.domain.sites().list(&admin(), filter).await.unwrap();
    page.items.into_iter().map(|site| site.name).collect()
}

async fn a_created_site_is_found_again(world: World) {
    let sites = world.domain.sites();
    let created = sites
        .create(&admin(), NewSite::named(" Gymnase Jean-Moulin "))
        .await
        .unwrap();
    assert_eq!(created.name, "Gymnase Jean-Moulin");
    assert_eq!(created.status, SiteStatus::Pending);
    assert_eq!((created.last_seen, created.published_version), (None, None));

    let detail = sites.get(&admin(), created.id).await.unwrap();
    assert_eq!(detail.site, created);
    assert_eq!(detail.player, None);
    let listed = sites.list(&admin(), SiteFilter::default()).await.unwrap();
    assert_eq!((listed.items, listed.total), (vec![created], 1));
}

async fn sites_are_found_by_name_club_and_town_without_accents(world: World) {
    let sites = world.domain.sites();
    for (name, club, city) in [
        ("Salle A", "Étoile de Besançon", "Besançon"),
        ("Salle B", "US 100 % Hand", "Œyreluy"),
        ("Halle_C", "", "Nîmes"),
    ] {
        let site = NewSite {
            club: club.to_owned(),
            city: city.to_owned(),
            ..NewSite::named(name)
        };
        sites.create(&admin(), site).await.unwrap();
    }
    for (search, expected) in [
        ("etoile", vec!["Salle A"]),
        ("ÉTOILE", vec!["Salle A"]),
        ("besancon", vec!["Salle A"]),
        ("oeyre", vec!["Salle B"]),
        ("100 %", vec!["Salle B"]),
        ("%", vec!["Salle B"]),
        ("_", vec!["Halle_C"]),
        ("nimes", vec!["Halle_C"]),
        ("salle", vec!["Salle A", "Salle B"]),
        ("nothing", vec![]),
        ("  ", vec!["Halle_C", "Salle A", "Salle B"]),
    ] {
        let filter = SiteFilter {
            search: Some(search.to_owned()),
            ..SiteFilter::default()
        };
        assert_eq!(names(&world, filter).await, expected, "{search}");
    }
}

async fn sites_come_in_pages_by_name(world: World) {
    for name in ["Delta", "Alpha", "Echo", "Charlie", "Bravo"] {
        world
            .domain
            .sites()
            .create(&admin(), NewSite::named(name))
            .await
            .unwrap();
    }
    let filter = SiteFilter {
        page: Some(2),
        per_page: Some(2),
        ..SiteFilter::default()
    };
    let page = world.domain.sites().list(&admin(), filter).await.unwrap();
    let names: Vec<_> = page.items.iter().map(|site| site.name.as_str()).collect();
    assert_eq!(
        (names, page.total, page.pages()),
        (vec!["Charlie", "Delta"], 5, 3)
    );

    let online = SiteFilter {
        status: Some(SiteStatus::Online),
        ..SiteFilter::default()
    };
    let page = world.domain.sites().list(&admin(), online).await.unwrap();
    assert_eq!((page.items, page.total), (vec![], 0));
}

async fn an_edit_changes_the_facts_and_nothing_else(world: World) {
    let sites = world.domain.sites();
    let created = sites.create(&admin(), NewSite::named("Old")).await.unwrap();
    let change = NewSite {
        city: "Lyon".to_owned(),
        time_zone: "Indian/Reunion".to_owned(),
        ..NewSite::named("New")
    };
    let changed = sites.update(&admin(), created.id, change).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.city.as_str()),
        ("New", "Lyon")
    );
    assert_eq!(changed.time_zone, "Indian/Reunion");
    let world = world.restarted().await;
    let detail = world
        .domain
        .sites()
        .get(&admin(), created.id)
        .await
        .unwrap();
    assert_eq!(detail.site, changed);
}

async fn a_wrong_time_zone_is_refused_and_nothing_stored(world: World) {
    let site = NewSite {
        time_zone: "Europe/Pari".to_owned(),
        ..NewSite::named("A")
    };
    let refusal = world
        .domain
        .sites()
        .create(&admin(), site)
        .await
        .unwrap_err();
    let refusal = api::error::ApiError::from(refusal);
    assert_eq!(refusal.fields[0].code, ErrorCode::TimeZoneUnknown);
    assert_eq!(
        names(&world, SiteFilter::default()).await,
        Vec::<String>::new()
    );
}

async fn only_who_may_manages_sites(world: World) {
    let sites = world.domain.sites();
    let viewer = somebody(Role::Viewer);
    assert_eq!(
        code_of(sites.create(&viewer, NewSite::named("A")).await),
        ErrorCode::Forbidden
    );
    assert!(sites.list(&viewer, SiteFilter::default()).await.is_ok());
    let sponsor = somebody(Role::Sponsor);
    assert_eq!(
        code_of(sites.list(&sponsor, SiteFilter::default()).await),
        ErrorCode::Forbidden
    );
}

async fn an_unknown_site_is_not_found(world: World) {
    let sites = world.domain.sites();
    assert_eq!(
        code_of(sites.get(&admin(), SiteId::new()).await),
        ErrorCode::NotFound
    );
    let update = sites
        .update(&admin(), SiteId::new(), NewSite::named("A"))
        .await;
    assert_eq!(code_of(update), ErrorCode::NotFound);
}

async fn a_player_that_fell_silent_while_no_server_ran_is_offline(world: World) {
    for (name, silent_s) in [("Dead", 3_600), ("Fresh", 1)] {
        let last_seen = world.clock.now() - TimeDelta::seconds(silent_s);
        let last_seen = last_seen.to_rfc3339();
        let statement = format!(
            "INSERT INTO sites (name, status, screen, last_seen)
             VALUES ('{name}', 'online', 'playing', '{last_seen}')"
        );
        world.edit_by_hand(&statement).await;
    }
    let world = world.restarted().await;
    let offline = SiteFilter {
        status: Some(SiteStatus::Offline),
        ..SiteFilter::default()
    };
    // Both have their time to report to the server that just started.
    world.wait(Duration::from_secs(35));
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(names(&world, offline.clone()).await.is_empty());
    world.wait(Duration::from_secs(5));
    let found = eventually(async || {
        let found = names(&world, offline.clone()).await;
        (!found.is_empty()).then_some(found)
    });
    assert_eq!(found.await, ["Dead", "Fresh"]);
    let sites = world.domain.sites();
    let page = sites.list(&admin(), SiteFilter::default()).await.unwrap();
    assert!(page.items.iter().all(|site| site.screen == Screen::Off));
}
