//! Several instances over one Redis: what they share, and what happens when it is gone.

use std::time::Duration;

use api::error::ErrorCode;
use api::event::Event;
use api::health::{Dependency, HealthStatus};
use api::site::NewSite;
use domain::live::Frame;
use domain::settings::RedisAddress;
use domain::{Actor, Domain, RedisFault, look_at_redis};
use futures::{Stream, StreamExt};
use secrecy::ExposeSecret;

use crate::support::redis::{OwnRedis, PASSWORD};
use crate::support::{World, admin, client, code_of, eventually};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Signs in as the first administrator; gives the token.
async fn token(world: &World) -> String {
    world.signed_in().await;
    let typed = api::account::SignIn {
        email: "anne@club.fr".to_owned(),
        password: crate::support::PASSWORD.to_owned(),
    };
    let accounts = world.domain.accounts();
    let session = accounts.sign_in(typed, &client("192.0.2.7")).await.unwrap();
    session.token.expose_secret().to_owned()
}

async fn is_in(domain: &Domain, token: &str) -> bool {
    domain.accounts().authenticate(token).await.is_ok()
}

/// Waits for an event of this following.
async fn until(frames: impl Stream<Item = Frame>, awaited: Event) {
    let mut frames = std::pin::pin!(frames);
    let listening = async {
        while let Some(frame) = frames.next().await {
            if matches!(frame, Frame::Event { event, .. } if event == awaited) {
                return;
            }
        }
        panic!("the following ended");
    };
    let heard = tokio::time::timeout(PATIENCE, listening).await;
    heard.unwrap_or_else(|_| panic!("{awaited:?} was not heard"));
}

async fn status(domain: &Domain, awaited: HealthStatus) -> Vec<Dependency> {
    eventually(async || {
        let health = domain.health().await;
        (health.status == awaited).then_some(health.failing)
    })
    .await
}

#[tokio::test]
async fn emptying_redis_signs_everybody_out_and_breaks_nothing_else() {
    let redis = OwnRedis::start();
    let world = World::with_redis(redis.address()).await;
    let other = world.another_instance().await;
    let token_before = token(&world).await;
    assert!(is_in(&world.domain, &token_before).await && is_in(&other, &token_before).await);

    redis.cli(&["FLUSHALL"]);
    for domain in [&world.domain, &other] {
        let out = async || (!is_in(domain, &token_before).await).then_some(());
        let begun = tokio::time::Instant::now();
        while out().await.is_none() {
            assert!(begun.elapsed() < PATIENCE, "still signed in");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    assert_eq!(
        world.audited("session.end_all").await,
        1 + 1,
        "start, then FLUSHALL"
    );
    let again = token(&world).await;
    assert!(is_in(&world.domain, &again).await && is_in(&other, &again).await);
    assert!(status(&other, HealthStatus::Healthy).await.is_empty());
}

#[tokio::test]
async fn a_lost_redis_signs_nobody_out_and_comes_back_alone() {
    let mut redis = OwnRedis::start();
    let world = World::with_redis(redis.address()).await;
    let token = token(&world).await;
    redis.stop();
    let failing = status(&world.domain, HealthStatus::Degraded).await;
    assert_eq!(failing, [Dependency::Redis]);
    world.wait(Duration::from_mins(2));
    assert!(is_in(&world.domain, &token).await, "by the database");
    let started_without = world.another_instance().await;
    assert!(is_in(&started_without, &token).await);
    redis.start_again();
    assert!(
        status(&world.domain, HealthStatus::Healthy)
            .await
            .is_empty()
    );
    assert!(
        status(&started_without, HealthStatus::Healthy)
            .await
            .is_empty()
    );
    world.wait(Duration::from_mins(2));
    assert!(is_in(&world.domain, &token).await);
    assert_eq!(
        world.audited("session.end_all").await,
        1,
        "at the first start only"
    );
}

#[tokio::test]
async fn other_instances_hear_at_once_and_read_what_is_new() {
    let redis = OwnRedis::start();
    let world = World::with_redis(redis.address()).await;
    let other = world.another_instance().await;
    let token = token(&world).await;
    let actor = other.accounts().authenticate(&token).await.unwrap();
    let frames = other.events().follow(&actor, token.into(), None).unwrap();
    let site = world.site("Salle A").await;
    until(frames, Event::SiteChanged { site }).await;

    let (screen, player) = world.linked(site).await;
    let player_token = screen
        .token_for(&other, crate::support::screen::ORIGIN)
        .await;
    let player_token = player_token.unwrap().token;
    let frames = other.events();
    let frames = frames.follow_state(&player, player_token.into()).unwrap();
    let before = other.players().state(&player).await.unwrap().etag.clone();
    let video = world.upload("silent.mp4").await.id;
    world.publish(site, None, &[video]).await.unwrap();
    until(frames, Event::StateChanged { site }).await;
    let after = other.players().state(&player).await.unwrap().etag.clone();
    assert_ne!(before, after, "the one that was told reads the new state");
}

#[tokio::test]
async fn what_was_missed_while_redis_was_gone_is_read_anew() {
    let mut redis = OwnRedis::start();
    let world = World::with_redis(redis.address()).await;
    let other = world.another_instance().await;
    let token = token(&world).await;
    let actor = other.accounts().authenticate(&token).await.unwrap();
    let frames = other.events().follow(&actor, token.into(), None).unwrap();
    let mut frames = std::pin::pin!(frames);
    until(&mut frames, Event::Resync).await;
    redis.stop();
    world
        .domain
        .sites()
        .create(&admin(), NewSite::named("Salle B"))
        .await
        .unwrap();
    redis.start_again();
    until(&mut frames, Event::Resync).await;
}

#[tokio::test]
async fn wrong_codes_are_counted_at_all_instances_together() {
    let redis = OwnRedis::start();
    let world = World::with_redis(redis.address()).await;
    let other = world.another_instance().await;
    let actor = admin();
    let guess = async |domain: &Domain| code_of(domain.enrolments().find(&actor, "BCDFGHJK").await);
    for _ in 0..5 {
        assert_eq!(guess(&world.domain).await, ErrorCode::PairingCodeUnknown);
        assert_eq!(guess(&other).await, ErrorCode::PairingCodeUnknown);
    }
    assert_eq!(guess(&world.domain).await, ErrorCode::TooManyRequests);
    assert_eq!(guess(&other).await, ErrorCode::TooManyRequests);
}

#[tokio::test]
async fn redis_holds_nothing_that_opens_anything() {
    let redis = OwnRedis::start();
    let world = World::with_redis(redis.address()).await;
    let token = token(&world).await;
    let actor = world.domain.accounts().authenticate(&token).await.unwrap();
    let Actor::Person { session, .. } = &actor else {
        panic!("a person signed in");
    };
    let held = || redis.cli(&["--scan"]);
    let keys = held();
    assert!(keys.contains(":session:"), "{keys}");
    let mut everything = keys.clone();
    for key in keys.lines() {
        everything.push_str(&redis.cli(&["GET", key]));
    }
    assert!(!everything.contains(&session.to_string()), "{everything}");
    assert!(!everything.contains(&token), "{everything}");

    // What somebody else wrote there is not believed.
    let key = keys.lines().find(|key| key.contains(":session:")).unwrap();
    let value = redis.cli(&["GET", key]);
    let forged = value.replace("Anne Durand", "Une autre");
    assert_ne!(value, forged);
    redis.cli(&["SET", key, &forged]);
    let fresh = world.another_instance().await;
    assert_eq!(fresh.accounts().authenticate(&token).await.unwrap(), actor);
}

#[tokio::test]
async fn redis_is_reached_over_tls_with_a_private_authority() {
    let redis = OwnRedis::start_encrypted();
    assert_eq!(look_at_redis(&redis.address()).await, Ok(()));
    let world = World::with_redis(redis.address()).await;
    assert!(
        status(&world.domain, HealthStatus::Healthy)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn what_is_wrong_with_redis_is_told_apart() {
    let (encrypted, plain) = (OwnRedis::start_encrypted(), OwnRedis::start());
    let authorities = Some(encrypted.authority());
    let mut stopped = OwnRedis::start();
    stopped.stop();
    for (url, authorities, fault) in [
        (
            encrypted.url("rediss", PASSWORD),
            None,
            RedisFault::Encryption,
        ),
        (
            encrypted.url("rediss", "faux"),
            authorities.clone(),
            RedisFault::Password,
        ),
        (encrypted.url("redis", PASSWORD), None, RedisFault::Stranger),
        (
            plain.url("rediss", PASSWORD),
            authorities,
            // It takes the beginning of the encryption for an endless question.
            RedisFault::TimedOut,
        ),
        (plain.url("redis", "faux"), None, RedisFault::Password),
        (stopped.url("redis", PASSWORD), None, RedisFault::Refused),
        (
            "redis://redis.invalid:6379".to_owned(),
            None,
            RedisFault::UnknownHost,
        ),
    ] {
        let address = RedisAddress {
            url: url.clone().into(),
            authorities,
        };
        assert_eq!(look_at_redis(&address).await, Err(fault), "{url}");
    }
}

#[tokio::test]
async fn who_does_not_hear_of_changes_believes_no_session_at_hand() {
    let world = World::behind_pgbouncer().await;
    let token = token(&world).await;
    assert!(is_in(&world.domain, &token).await);
    world
        .psql(
            "ALTER TABLE changes RENAME TO elsewhere;
             ALTER TABLE sessions DISABLE TRIGGER USER;
             DELETE FROM sessions",
        )
        .await;
    eventually(async || (!is_in(&world.domain, &token).await).then_some(())).await;
}
