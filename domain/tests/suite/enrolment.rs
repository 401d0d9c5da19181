//! How a screen becomes a site's player.

use std::time::Duration;

use api::enrolment::{AcceptEnrolment, EnrolPoll, EnrolStatus};
use api::error::ErrorCode;
use api::limit::PAIRING_LIFE;
use api::permission::Role;
use api::site::SiteStatus;
use domain::{Client, Result};

use crate::support::screen::{ORIGIN, Screen};
use crate::support::{World, admin, code_of, on_every_database, somebody};

on_every_database!(
    an_admin_links_the_screen_whose_code_was_typed,
    wrong_expired_and_used_codes_get_the_same_answer,
    two_admins_cannot_use_one_code,
    a_code_on_a_site_with_a_screen_takes_nothing_away,
    a_forged_request_is_refused,
    a_machine_that_asks_again_gets_a_new_code_and_loses_the_old,
    one_network_cannot_fill_the_waiting_room,
    who_tries_out_codes_has_to_wait,
    only_admins_link_screens,
);

async fn poll(world: &World, secret: &str) -> EnrolStatus {
    let poll = EnrolPoll {
        poll_secret: secret.to_owned(),
    };
    world.domain.enrolments().poll(poll).await.unwrap()
}

async fn an_admin_links_the_screen_whose_code_was_typed(world: World) {
    let (site, screen) = (world.site("Salle A").await, Screen::new());
    let answer = screen.enrol(&world).await;
    assert_eq!(answer.link, format!("{ORIGIN}/pair?code={}", answer.code));
    assert_eq!(answer.expires_in_s, 900);
    assert_eq!(
        poll(&world, &answer.poll_secret).await,
        EnrolStatus::Pending
    );

    let typed = answer.code.as_str().to_lowercase().replace('-', " ");
    let found = world
        .domain
        .enrolments()
        .find(&admin(), &typed)
        .await
        .unwrap();
    assert_eq!(found.words, answer.words);
    assert_eq!(found.hardware.model.as_deref(), Some("Raspberry Pi 4"));
    assert_eq!(found.address, "192.0.2.1");

    let linked = world.accept(site, &typed).await.unwrap();
    assert_eq!((linked.id, linked.status), (site, SiteStatus::Offline));
    let accepted = EnrolStatus::Accepted {
        site_id: site,
        site_name: "Salle A".to_owned(),
    };
    assert_eq!(poll(&world, &answer.poll_secret).await, accepted);
    // An answer that was lost on the way can be asked for again.
    world.wait(PAIRING_LIFE * 2);
    assert_eq!(poll(&world, &answer.poll_secret).await, accepted);
    assert_eq!(poll(&world, "something else").await, EnrolStatus::Expired);

    let player = world
        .domain
        .sites()
        .get(&admin(), site)
        .await
        .unwrap()
        .player;
    assert_eq!(player.unwrap().key_id, screen.key_id());
}

async fn wrong_expired_and_used_codes_get_the_same_answer(world: World) {
    let site = world.site("Salle A").await;
    let unknown = code_of(world.accept(site, "BBBB-BBBB").await);
    assert_eq!(unknown, ErrorCode::PairingCodeUnknown);
    assert_eq!(code_of(world.accept(site, "not a code").await), unknown);

    let late = Screen::new().enrol(&world).await;
    world.wait(PAIRING_LIFE + Duration::from_secs(1));
    assert_eq!(
        code_of(world.accept(site, late.code.as_str()).await),
        unknown
    );
    assert_eq!(poll(&world, &late.poll_secret).await, EnrolStatus::Expired);

    let used = Screen::new().enrol(&world).await;
    world.accept(site, used.code.as_str()).await.unwrap();
    let other = world.site("Salle B").await;
    assert_eq!(
        code_of(world.accept(other, used.code.as_str()).await),
        unknown
    );
    let found = world
        .domain
        .enrolments()
        .find(&admin(), used.code.as_str())
        .await;
    assert_eq!(code_of(found), unknown);
}

async fn two_admins_cannot_use_one_code(world: World) {
    let sites = [world.site("Salle A").await, world.site("Salle B").await];
    let code = Screen::new().enrol(&world).await.code;
    let accepted = sites.map(|site| world.accept(site, code.as_str()));
    let accepted = futures::future::join_all(accepted).await;
    assert_eq!(accepted.iter().filter(|result| result.is_ok()).count(), 1);
}

async fn a_code_on_a_site_with_a_screen_takes_nothing_away(world: World) {
    let site = world.site("Salle A").await;
    let (screen, _) = world.linked(site).await;
    let other = Screen::new().enrol(&world).await;
    world.accept(site, other.code.as_str()).await.unwrap();
    assert_eq!(poll(&world, &other.poll_secret).await, EnrolStatus::Pending);
    screen.token_for(&world.domain, ORIGIN).await.unwrap();
}

async fn a_forged_request_is_refused(world: World) {
    let client = Client {
        address: "192.0.2.1".parse().unwrap(),
        user_agent: None,
    };
    let enrolments = world.domain.enrolments();
    let mut forged = Screen::new().request();
    forged.signature = Screen::new().request().signature;
    let refused = enrolments.request(forged, &client).await;
    assert_eq!(code_of(refused), ErrorCode::PlayerRefused);
    let mut changed = Screen::new().request();
    changed.claim = changed.claim.replace("Raspberry", "Strawberry");
    let refused = enrolments.request(changed, &client).await;
    assert_eq!(code_of(refused), ErrorCode::PlayerRefused);
    let mut long = Screen::new().request();
    long.claim.push_str(&" ".repeat(5000));
    let refused = enrolments.request(long, &client).await;
    assert_eq!(code_of(refused), ErrorCode::Invalid);
}

async fn a_machine_that_asks_again_gets_a_new_code_and_loses_the_old(world: World) {
    let screen = Screen::new();
    let (old, new) = (screen.enrol(&world).await, screen.enrol(&world).await);
    assert_eq!(poll(&world, &old.poll_secret).await, EnrolStatus::Expired);
    assert_eq!(poll(&world, &new.poll_secret).await, EnrolStatus::Pending);
    let found = world
        .domain
        .enrolments()
        .find(&admin(), old.code.as_str())
        .await;
    assert_eq!(code_of(found), ErrorCode::PairingCodeUnknown);
}

async fn one_network_cannot_fill_the_waiting_room(world: World) {
    for host in 0..20 {
        let address = format!("192.0.2.{host}");
        Screen::new().enrol_from(&world, &address).await.unwrap();
    }
    let refused = Screen::new().enrol_from(&world, "192.0.2.99").await;
    assert_eq!(code_of(refused), ErrorCode::TooManyRequests);
    Screen::new()
        .enrol_from(&world, "198.51.100.1")
        .await
        .unwrap();
    world.wait(PAIRING_LIFE);
    Screen::new()
        .enrol_from(&world, "192.0.2.99")
        .await
        .unwrap();
}

async fn who_tries_out_codes_has_to_wait(world: World) {
    let (guesser, code) = (admin(), Screen::new().enrol(&world).await.code);
    let find =
        async |typed: &str| -> Result<_> { world.domain.enrolments().find(&guesser, typed).await };
    for _ in 0..10 {
        assert_eq!(
            code_of(find("BBBB-BBBB").await),
            ErrorCode::PairingCodeUnknown
        );
    }
    assert_eq!(
        code_of(find(code.as_str()).await),
        ErrorCode::TooManyRequests
    );
    assert!(
        world
            .domain
            .enrolments()
            .find(&admin(), code.as_str())
            .await
            .is_ok()
    );
    world.wait(Duration::from_mins(1));
    assert!(find(code.as_str()).await.is_ok());
}

async fn only_admins_link_screens(world: World) {
    let (site, code) = (
        world.site("Salle A").await,
        Screen::new().enrol(&world).await.code,
    );
    for role in [Role::Operator, Role::Viewer, Role::Sponsor] {
        let accept = AcceptEnrolment {
            code: code.to_string(),
            move_from: None,
        };
        let enrolments = world.domain.enrolments();
        let refused = enrolments.accept(&somebody(role), site, accept).await;
        assert_eq!(code_of(refused), ErrorCode::Forbidden);
    }
}
