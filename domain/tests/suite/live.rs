//! Following what changes.

use std::pin::Pin;
use std::time::Duration;

use api::event::Event;
use api::id::SiteId;
use api::limit::PLAYER_TOKEN_LIFE;
use api::permission::Role;
use api::player::Report;
use api::site::NewSite;
use domain::Actor;
use domain::live::Frame;
use futures::{Stream, StreamExt};
use secrecy::ExposeSecret;

use crate::support::screen::ORIGIN;
use crate::support::{World, admin, client, code_of, on_every_database, somebody};

on_every_database!(
    a_person_hears_what_happens,
    nothing_missed_is_no_reason_to_look_again,
    a_following_ends_with_its_session,
    a_player_hears_of_its_publications_only,
    a_player_hears_of_rows_that_somebody_edited,
    a_players_following_ends_with_its_token_and_its_key,
    strangers_follow_nothing,
    a_stop_ends_every_following,
);

const PATIENCE: Duration = Duration::from_secs(10);

type Frames = Pin<Box<dyn Stream<Item = Frame> + Send>>;

/// Signs in as the first administrator.
async fn signed_in(world: &World) -> (Actor, String) {
    let (email, password) = ("ana@example.fr", "Correct-Horse-42");
    let new = api::account::NewAdmin {
        email: email.to_owned(),
        full_name: "Ana Le Goff".to_owned(),
        password: password.to_owned(),
    };
    let accounts = world.domain.accounts();
    accounts.create_admin(&Actor::System, new).await.unwrap();
    let typed = api::account::SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
    };
    let session = accounts.sign_in(typed, &client("192.0.2.7")).await.unwrap();
    let token = session.token.expose_secret().to_owned();
    (accounts.authenticate(&token).await.unwrap(), token)
}

fn follow(world: &World, (actor, token): &(Actor, String), last: Option<&str>) -> Frames {
    let events = world.domain.events();
    Box::pin(events.follow(actor, token.clone().into(), last).unwrap())
}

async fn next(frames: &mut Frames) -> Option<Frame> {
    let next = tokio::time::timeout(PATIENCE, frames.next());
    next.await.expect("a frame or the end in time")
}

async fn next_event(frames: &mut Frames) -> Event {
    loop {
        match next(frames).await.expect("an event before the end") {
            Frame::Event { event, .. } => return event,
            Frame::Ping { .. } => {}
        }
    }
}

async fn until(frames: &mut Frames, awaited: Event) {
    while next_event(frames).await != awaited {}
}

async fn site(world: &World, name: &str) -> SiteId {
    let sites = world.domain.sites();
    sites
        .create(&admin(), NewSite::named(name))
        .await
        .unwrap()
        .id
}

async fn a_person_hears_what_happens(world: World) {
    let mut frames = follow(&world, &signed_in(&world).await, None);
    assert_eq!(next_event(&mut frames).await, Event::Resync);
    let site = site(&world, "Salle A").await;
    assert_eq!(next_event(&mut frames).await, Event::SiteChanged { site });
    let (machine, player) = world.linked(site).await;
    until(&mut frames, Event::SiteChanged { site }).await;
    for waiting_plays in [0, 3] {
        let report = Report {
            waiting_plays,
            ..Report::of_boot(machine.boot)
        };
        world
            .domain
            .players()
            .report(&player, report)
            .await
            .unwrap();
        let told = match waiting_plays {
            0 => Event::SiteChanged { site },
            _ => Event::SiteReported { site },
        };
        until(&mut frames, told).await;
    }
    let play = crate::play::play_of_nothing();
    let batch = api::play::PlayBatch { plays: vec![play] };
    world.domain.plays().deliver(&player, batch).await.unwrap();
    assert_eq!(next_event(&mut frames).await, Event::PlaysStored { site });
}

async fn nothing_missed_is_no_reason_to_look_again(world: World) {
    let person = signed_in(&world).await;
    let mut frames = follow(&world, &person, None);
    let Some(Frame::Event { position, .. }) = next(&mut frames).await else {
        panic!("it begins with an event");
    };
    let mut again = follow(&world, &person, Some(&position));
    let first = site(&world, "Salle A").await;
    assert_eq!(
        next_event(&mut again).await,
        Event::SiteChanged { site: first }
    );
    // Something was missed, or the position is another process's.
    for last in [position.as_str(), "00000000-1"] {
        let mut late = follow(&world, &person, Some(last));
        assert_eq!(next_event(&mut late).await, Event::Resync);
    }
}

async fn a_following_ends_with_its_session(world: World) {
    let (actor, token) = signed_in(&world).await;
    let mut frames = follow(&world, &(actor.clone(), token), None);
    next_event(&mut frames).await;
    world.domain.accounts().sign_out(&actor).await.unwrap();
    while next(&mut frames).await.is_some() {}
}

async fn a_player_hears_of_its_publications_only(world: World) {
    let (ours, theirs) = (site(&world, "A").await, site(&world, "B").await);
    let [video, ..] = world.three_videos().await;
    let (machine, player) = world.linked(ours).await;
    let token = machine
        .token_for(&world.domain, ORIGIN)
        .await
        .unwrap()
        .token;
    let frames = world.domain.events().follow_state(&player, token.into());
    let mut frames: Frames = Box::pin(frames.unwrap());
    world.publish(theirs, None, &[video]).await.unwrap();
    world.publish(ours, None, &[video]).await.unwrap();
    let told = next_event(&mut frames).await;
    assert_eq!(told, Event::StateChanged { site: ours });
}

async fn a_player_hears_of_rows_that_somebody_edited(world: World) {
    let site = site(&world, "Salle A").await;
    let (machine, player) = world.linked(site).await;
    let token = machine.token_for(&world.domain, ORIGIN).await.unwrap();
    world.state(&player).await;
    let frames = world
        .domain
        .events()
        .follow_state(&player, token.token.into());
    let mut frames: Frames = Box::pin(frames.unwrap());
    world
        .edit_by_hand("UPDATE sites SET name = 'Salle B'")
        .await;
    let begun = std::time::Instant::now();
    assert_eq!(next_event(&mut frames).await, Event::StateChanged { site });
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(world.state(&player).await.1.site_name, "Salle B");
}

async fn a_players_following_ends_with_its_token_and_its_key(world: World) {
    let site = site(&world, "Salle A").await;
    let (machine, player) = world.linked(site).await;
    let token = machine
        .token_for(&world.domain, ORIGIN)
        .await
        .unwrap()
        .token;
    let follow = |token: &str| -> Frames {
        let frames = world
            .domain
            .events()
            .follow_state(&player, token.to_owned().into());
        Box::pin(frames.unwrap())
    };
    let mut frames = follow(&token);
    world.wait(PLAYER_TOKEN_LIFE);
    while next(&mut frames).await.is_some() {}

    let token = machine
        .token_for(&world.domain, ORIGIN)
        .await
        .unwrap()
        .token;
    let mut frames = follow(&token);
    world
        .edit_by_hand("UPDATE sites SET is_active = FALSE")
        .await;
    let begun = std::time::Instant::now();
    while next(&mut frames).await.is_some() {}
    assert!(begun.elapsed() < Duration::from_secs(5));
}

async fn strangers_follow_nothing(world: World) {
    let events = world.domain.events();
    let forbidden = api::error::ErrorCode::Forbidden;
    let token = || "x".to_owned().into();
    let sponsor = events.follow(&somebody(Role::Sponsor), token(), None);
    assert_eq!(code_of(sponsor.map(drop)), forbidden);
    let person = events.follow_state(&admin(), token());
    assert_eq!(code_of(person.map(drop)), forbidden);
}

async fn a_stop_ends_every_following(world: World) {
    let mut frames = follow(&world, &signed_in(&world).await, None);
    next_event(&mut frames).await;
    world.domain.events().close();
    assert_eq!(next(&mut frames).await, None);
}
