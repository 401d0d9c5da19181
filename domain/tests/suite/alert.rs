//! What people are told of from its beginning to its end.

use std::time::Duration;

use api::alert::{Alert, AlertFilter, AlertKind, Mute};
use api::error::ErrorCode;
use api::hours::ExpectedHours;
use api::id::SiteId;
use api::metrics::Metrics;
use api::permission::Role;
use api::player::Report;
use api::site::{NewSite, SiteStatus};
use domain::Actor;

use crate::support::post::Post;
use crate::support::screen::Screen;
use crate::support::{World, admin, code_of, eventually, on_every_database, somebody};

on_every_database!(
    a_silent_site_is_told_of_once_and_so_is_its_return,
    silence_of_many_is_our_side,
    a_server_that_just_started_tells_of_nobody,
    a_hot_machine_is_told_of_until_it_has_cooled_down,
    nobody_is_told_of_a_muted_site,
    no_claim_of_a_machine_hides_the_others,
    only_who_may_acknowledges,
    a_burst_of_failures_is_told_once_and_so_is_its_end,
);

/// Offline, and the tolerance.
const TOO_LONG: Duration = Duration::from_mins(6);

async fn site(world: &World, name: &str) -> (SiteId, Screen, Actor) {
    let new = NewSite {
        expected_hours: ExpectedHours {
            from: 0,
            to: 24,
            public_holidays: true,
            ..ExpectedHours::default()
        },
        ..NewSite::named(name)
    };
    let site = world.domain.sites().create(&admin(), new).await.unwrap().id;
    let (screen, player) = world.linked(site).await;
    report(world, &screen, &player, Metrics::default()).await;
    (site, screen, player)
}

async fn report(world: &World, screen: &Screen, player: &Actor, metrics: Metrics) {
    let report = Report {
        metrics,
        ..Report::of_boot(screen.boot)
    };
    let players = world.domain.players();
    players.report(player, report).await.unwrap();
}

async fn is(world: &World, site: SiteId, status: SiteStatus) {
    let look = async || {
        let site = world.domain.sites().get(&admin(), site).await.unwrap();
        (site.site.status == status).then_some(())
    };
    eventually(look).await;
}

async fn alerts(world: &World) -> Vec<Alert> {
    let filter = AlertFilter::default();
    let alerts = world.domain.alerts().list(&admin(), filter).await;
    alerts.unwrap().items
}

/// The alerts once there are so many ended ones.
async fn ended(world: &World, count: usize) -> Vec<Alert> {
    let look = async || {
        let alerts = alerts(world).await;
        let ended = alerts.iter().filter(|alert| alert.closed_at.is_some());
        (ended.count() == count).then_some(alerts)
    };
    eventually(look).await
}

async fn opened(world: &World) -> Vec<Alert> {
    let look = async || Some(alerts(world).await).filter(|alerts| !alerts.is_empty());
    eventually(look).await
}

async fn told(post: &Post, count: usize) -> Vec<String> {
    let look = async || {
        let posted = post.posted("/slack");
        (posted.len() >= count).then_some(posted)
    };
    let posted = eventually(look).await;
    let text = |body: &serde_json::Value| body["text"].as_str().unwrap().to_owned();
    posted.iter().map(text).collect()
}

async fn a_silent_site_is_told_of_once_and_so_is_its_return(world: World) {
    let post = Post::start().await;
    let world = world.with_channels(post.channels()).await;
    world.signed_in().await;
    let (id, screen, player) = site(&world, "Salle <A>").await;
    is(&world, id, SiteStatus::Online).await;
    world.wait(TOO_LONG);
    assert_eq!(told(&post, 1).await, ["Salle &lt;A&gt; est hors ligne"]);
    let open = opened(&world).await;
    assert_eq!((open.len(), open[0].kind), (1, AlertKind::SiteOffline));
    assert_eq!(open[0].site, Some(id));

    report(&world, &screen, &player, Metrics::default()).await;
    ended(&world, 1).await;
    assert_eq!(
        told(&post, 2).await[1],
        "Salle &lt;A&gt; est de nouveau en ligne"
    );
    let look = async || {
        let mails = post.posted("/v3/mail/send");
        (mails.len() == 2).then_some(mails)
    };
    let mails = eventually(look).await;
    let to = &mails[0]["personalizations"][0]["to"][0]["email"];
    assert_eq!(to, "anne@club.fr");
    let page = mails[0]["content"][1]["value"].as_str().unwrap();
    assert!(page.contains("Salle &lt;A&gt; is offline"), "{page}");
    let link = format!("http://localhost:3001/sites/{id}");
    assert!(page.contains(&link), "{page}");
    assert_eq!(post.posted("/slack").len(), 2);
}

async fn silence_of_many_is_our_side(world: World) {
    let mut sites = Vec::new();
    for name in ["A", "B", "C"] {
        sites.push(site(&world, name).await);
    }
    for (id, ..) in &sites {
        is(&world, *id, SiteStatus::Online).await;
    }
    world.wait(TOO_LONG);
    let open = opened(&world).await;
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!((open[0].kind, open[0].figure), (AlertKind::Fleet, Some(3)));

    for (_, screen, player) in &sites {
        report(&world, screen, player, Metrics::default()).await;
    }
    assert_eq!(ended(&world, 1).await.len(), 1);
}

async fn a_server_that_just_started_tells_of_nobody(world: World) {
    let (id, ..) = site(&world, "Salle A").await;
    is(&world, id, SiteStatus::Online).await;
    world.domain.clone().close().await;
    world.wait(TOO_LONG);
    let world = world.restarted().await;
    world.wait(Duration::from_mins(1));
    is(&world, id, SiteStatus::Offline).await;
    // Two looks.
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(alerts(&world).await, []);
    world.wait(TOO_LONG);
    assert_eq!(opened(&world).await[0].kind, AlertKind::SiteOffline);
}

async fn a_hot_machine_is_told_of_until_it_has_cooled_down(world: World) {
    let (id, screen, player) = site(&world, "Salle A").await;
    let of = |degrees: i32| Metrics {
        temperature_millicelsius: Some(degrees * 1000),
        ..Metrics::default()
    };
    report(&world, &screen, &player, of(82)).await;
    let open = opened(&world).await;
    assert_eq!(open[0].kind, AlertKind::Temperature);
    assert_eq!((open[0].site, open[0].figure), (Some(id), Some(82)));
    report(&world, &screen, &player, of(74)).await;
    ended(&world, 1).await;
}

async fn no_claim_of_a_machine_hides_the_others(world: World) {
    let of = |used, total| Metrics {
        disk_used_bytes: Some(used),
        disk_total_bytes: Some(total),
        ..Metrics::default()
    };
    let (_, screen, player) = site(&world, "Salle A").await;
    report(&world, &screen, &player, of(u64::MAX, 0)).await;
    let (liar, screen, player) = site(&world, "Salle B").await;
    report(&world, &screen, &player, of(u64::MAX, 1)).await;
    let open = opened(&world).await;
    assert_eq!((open[0].site, open[0].kind), (Some(liar), AlertKind::Disk));
    let (_, screen, player) = site(&world, "Salle C").await;
    report(&world, &screen, &player, of(89, 100)).await;
    let (full, screen, player) = site(&world, "Salle D").await;
    report(&world, &screen, &player, of(91, 100)).await;
    let both = async || Some(alerts(&world).await).filter(|alerts| alerts.len() == 2);
    let told = eventually(both).await;
    let found = told.iter().find(|alert| alert.site == Some(full));
    assert_eq!(found.and_then(|alert| alert.figure), Some(91));
}

async fn nobody_is_told_of_a_muted_site(world: World) {
    let post = Post::start().await;
    let world = world.with_channels(post.channels()).await;
    let (id, screen, player) = site(&world, "Salle A").await;
    is(&world, id, SiteStatus::Online).await;
    let muted = |hours| Mute { hours };
    let service = world.domain.alerts();
    service.mute(&admin(), id, muted(2)).await.unwrap();
    world.wait(TOO_LONG);
    assert!(opened(&world).await[0].muted_until.is_some());
    report(&world, &screen, &player, Metrics::default()).await;
    ended(&world, 1).await;
    assert_eq!(world.count("SELECT id FROM messages").await, 0);
    let refused = service.mute(&admin(), id, muted(10_000)).await;
    assert_eq!(code_of(refused), ErrorCode::Invalid);
    assert_eq!(world.audited("alert.mute").await, 1);
}

async fn only_who_may_acknowledges(world: World) {
    let (id, ..) = site(&world, "Salle A").await;
    is(&world, id, SiteStatus::Online).await;
    world.wait(TOO_LONG);
    let alert = opened(&world).await[0].id;
    let service = world.domain.alerts();
    let viewer = somebody(Role::Viewer);
    let refused = service.acknowledge(&viewer, alert).await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
    let refused = service.mute(&viewer, id, Mute { hours: 1 }).await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
    let unknown = service.acknowledge(&admin(), api::id::AlertId::new()).await;
    assert_eq!(code_of(unknown), ErrorCode::NotFound);
    service.acknowledge(&admin(), alert).await.unwrap();
    service.acknowledge(&admin(), alert).await.unwrap();
    let alert = alerts(&world).await.remove(0);
    assert_eq!(alert.acknowledged_by.as_deref(), Some("Anne Durand"));
    assert_eq!(world.audited("alert.acknowledge").await, 1);
    let sponsor = somebody(Role::Sponsor);
    let refused = service.list(&sponsor, AlertFilter::default()).await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
}

async fn a_burst_of_failures_is_told_once_and_so_is_its_end(world: World) {
    let failures = world.domain.failures();
    for answer in 0..40 {
        failures.count(answer % 4 == 0);
    }
    failures.note_panic("server/src/rest.rs:7");
    let look = async || Some(alerts(&world).await).filter(|alerts| alerts.len() == 2);
    let open = eventually(look).await;
    let of = |kind| open.iter().find(|alert| alert.kind == kind).unwrap();
    assert_eq!(of(AlertKind::Errors).figure, Some(10));
    assert_eq!(of(AlertKind::Panic).name, "server/src/rest.rs:7");
    world.wait(Duration::from_mins(61));
    // Nothing failed since.
    for alert in ended(&world, 2).await {
        assert!(alert.closed_at > Some(alert.opened_at), "{alert:?}");
    }
}
