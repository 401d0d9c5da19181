//! People, passwords and sessions.

use std::time::{Duration, Instant};

use api::account::{FirstRun, NewAdmin, SignIn};
use api::error::{ApiError, ErrorCode};
use api::permission::Role;
use chrono::TimeDelta;
use domain::Actor;
use domain::account::NewSession;
use secrecy::{ExposeSecret, SecretString};

use crate::support::{self, World, client, code_of, eventually, on_every_database};

on_every_database!(
    an_administrator_signs_in_and_out,
    a_wrong_password_an_unknown_address_and_a_closed_account_look_alike,
    guessing_is_slowed_down_and_forgiven_with_time,
    parallel_guesses_do_not_outrun_the_throttle,
    a_session_ends_when_its_life_is_over,
    signing_out_reaches_other_instances_within_two_seconds,
    an_address_is_taken_once_in_any_case,
    the_first_run_code_makes_one_administrator,
    the_first_run_code_dies_after_a_quarter_of_an_hour,
    only_the_program_creates_administrators,
    a_restart_keeps_sessions,
    an_account_closed_by_hand_is_out_within_two_seconds,
    the_log_names_the_condition_and_no_secret,
    ended_sessions_are_removed,
);

const PASSWORD: &str = "Correct horse 1";
const HOME: &str = "192.0.2.7";

fn anne() -> NewAdmin {
    NewAdmin {
        email: "Anne@Club.fr".to_owned(),
        full_name: "Anne Durand".to_owned(),
        password: PASSWORD.to_owned(),
    }
}

async fn with_anne(world: &World) {
    let accounts = world.domain.accounts();
    accounts.create_admin(&Actor::System, anne()).await.unwrap();
}

async fn sign_in(
    world: &World,
    email: &str,
    password: &str,
    from: &str,
) -> domain::Result<NewSession> {
    let typed = SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
    };
    world.domain.accounts().sign_in(typed, &client(from)).await
}

async fn signed_in(world: &World) -> SecretString {
    sign_in(world, "anne@club.fr", PASSWORD, HOME)
        .await
        .unwrap()
        .token
}

async fn who(domain: &domain::Domain, token: &SecretString) -> domain::Result<Actor> {
    domain.accounts().authenticate(token.expose_secret()).await
}

async fn an_administrator_signs_in_and_out(world: World) {
    with_anne(&world).await;
    let session = sign_in(&world, " ANNE@club.FR ", PASSWORD, HOME)
        .await
        .unwrap();
    assert_eq!(session.account.email, "anne@club.fr");
    assert_eq!(session.account.role, Role::Admin);

    let actor = who(&world.domain, &session.token).await.unwrap();
    assert_eq!(
        world.domain.accounts().me(&actor).await.unwrap(),
        session.account
    );
    world.domain.accounts().sign_out(&actor).await.unwrap();
    assert_eq!(
        code_of(who(&world.domain, &session.token).await),
        ErrorCode::Unauthenticated
    );
    let forged = SecretString::from("eyJhbGciOiJub25lIn0.e30.");
    assert_eq!(
        code_of(who(&world.domain, &forged).await),
        ErrorCode::Unauthenticated
    );
}

async fn a_wrong_password_an_unknown_address_and_a_closed_account_look_alike(world: World) {
    with_anne(&world).await;
    let mut times = Vec::new();
    for (email, password) in [
        ("anne@club.fr", "Wrong horse 1"),
        ("nobody@club.fr", PASSWORD),
        ("", ""),
        ("anne@club.fr", &"x".repeat(100_000)),
    ] {
        let begun = Instant::now();
        let outcome = sign_in(&world, email, password, HOME).await;
        times.push(begun.elapsed());
        assert_eq!(code_of(outcome), ErrorCode::InvalidCredentials, "{email}");
    }
    let (first, last) = (times.iter().min().unwrap(), times.iter().max().unwrap());
    assert!(*first >= Duration::from_millis(750), "{times:?}");
    assert!(*last < *first + Duration::from_millis(500), "{times:?}");
}

async fn guessing_is_slowed_down_and_forgiven_with_time(world: World) {
    with_anne(&world).await;
    let guess = async || code_of(sign_in(&world, "anne@club.fr", "Wrong horse 1", HOME).await);
    let guesses = futures::future::join_all((0..10).map(|_| guess())).await;
    assert_eq!(guesses, [ErrorCode::InvalidCredentials; 10]);
    assert_eq!(guess().await, ErrorCode::TooManyRequests);
    let right = sign_in(&world, "anne@club.fr", PASSWORD, HOME).await;
    assert_eq!(code_of(right), ErrorCode::TooManyRequests);
    // Another network is not punished, and one minute gives one try.
    assert!(
        sign_in(&world, "anne@club.fr", PASSWORD, "198.51.100.1")
            .await
            .is_ok()
    );
    world.wait(Duration::from_secs(61));
    assert!(
        sign_in(&world, "anne@club.fr", PASSWORD, HOME)
            .await
            .is_ok()
    );
}

async fn parallel_guesses_do_not_outrun_the_throttle(world: World) {
    with_anne(&world).await;
    let guess = async || code_of(sign_in(&world, "anne@club.fr", "Wrong horse 1", HOME).await);
    let guesses = futures::future::join_all((0..25).map(|_| guess())).await;
    let tried = guesses
        .iter()
        .filter(|code| **code == ErrorCode::InvalidCredentials);
    assert_eq!(tried.count(), 10);
}

async fn a_session_ends_when_its_life_is_over(world: World) {
    with_anne(&world).await;
    let token = signed_in(&world).await;
    world.wait(Duration::from_hours(24) - Duration::from_mins(1));
    assert!(who(&world.domain, &token).await.is_ok());
    world.wait(Duration::from_mins(2));
    assert_eq!(
        code_of(who(&world.domain, &token).await),
        ErrorCode::Unauthenticated
    );
}

async fn signing_out_reaches_other_instances_within_two_seconds(world: World) {
    with_anne(&world).await;
    let token = signed_in(&world).await;
    let other = world.another_instance().await;
    let actor = who(&other, &token).await.unwrap();
    world.domain.accounts().sign_out(&actor).await.unwrap();
    soon(async || {
        let refusal = who(&other, &token).await.err()?;
        Some(ApiError::from(refusal).code == ErrorCode::Unauthenticated)
    })
    .await;
    other.close().await;
}

async fn an_address_is_taken_once_in_any_case(world: World) {
    with_anne(&world).await;
    let again = NewAdmin {
        email: "ANNE@CLUB.FR".to_owned(),
        ..anne()
    };
    let outcome = world
        .domain
        .accounts()
        .create_admin(&Actor::System, again)
        .await;
    assert_eq!(code_of(outcome), ErrorCode::EmailTaken);
}

async fn the_first_run_code_makes_one_administrator(world: World) {
    let accounts = world.domain.accounts();
    assert!(!accounts.exist().await.unwrap());
    let code = accounts.first_run_code().await.unwrap().unwrap();
    let first = |code: &str| FirstRun {
        code: code.to_owned(),
        admin: anne(),
    };
    let wrong = accounts
        .first_run(first("0123456789abcdef0123456789abcdef"), &client(HOME))
        .await;
    assert_eq!(code_of(wrong), ErrorCode::FirstRunCodeInvalid);

    let typed = format!(" {} ", code.expose_secret().to_uppercase());
    let session = accounts
        .first_run(first(&typed), &client(HOME))
        .await
        .unwrap();
    assert!(who(&world.domain, &session.token).await.is_ok());
    assert!(accounts.exist().await.unwrap());
    let again = accounts.first_run(first(&typed), &client(HOME)).await;
    assert_eq!(code_of(again), ErrorCode::FirstRunCodeInvalid);
    assert!(accounts.first_run_code().await.unwrap().is_none());
}

async fn the_first_run_code_dies_after_a_quarter_of_an_hour(world: World) {
    let accounts = world.domain.accounts();
    let code = accounts.first_run_code().await.unwrap().unwrap();
    world.wait(Duration::from_mins(16));
    let first = FirstRun {
        code: code.expose_secret().to_owned(),
        admin: anne(),
    };
    let late = accounts.first_run(first, &client(HOME)).await;
    assert_eq!(code_of(late), ErrorCode::FirstRunCodeInvalid);
    assert!(!accounts.exist().await.unwrap());
}

async fn only_the_program_creates_administrators(world: World) {
    let outcome = world
        .domain
        .accounts()
        .create_admin(&support::admin(), anne())
        .await;
    assert_eq!(code_of(outcome), ErrorCode::Forbidden);
}

async fn a_restart_keeps_sessions(world: World) {
    with_anne(&world).await;
    let token = signed_in(&world).await;
    let world = world.restarted().await;
    assert!(who(&world.domain, &token).await.is_ok());
}

async fn an_account_closed_by_hand_is_out_within_two_seconds(world: World) {
    with_anne(&world).await;
    let token = signed_in(&world).await;
    assert!(who(&world.domain, &token).await.is_ok());
    world.edit_by_hand("UPDATE users SET role = 'viewer'").await;
    soon(async || {
        let actor = who(&world.domain, &token).await.unwrap();
        let Actor::Person { role, .. } = actor else {
            panic!("{actor:?}");
        };
        Some(role == Role::Viewer)
    })
    .await;
    world
        .edit_by_hand("UPDATE users SET is_active = FALSE")
        .await;
    soon(async || {
        let refusal = who(&world.domain, &token).await.err()?;
        Some(ApiError::from(refusal).code == ErrorCode::Unauthenticated)
    })
    .await;
}

/// Waits for what has two seconds to become so, and as much again on a machine that is busy.
async fn soon(look: impl AsyncFn() -> Option<bool>) {
    let begun = Instant::now();
    eventually(async || look().await.filter(|is_so| *is_so)).await;
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
}

async fn the_log_names_the_condition_and_no_secret(world: World) {
    with_anne(&world).await;
    let (log, _guard) = support::log();
    for (change, condition) in [
        ("UPDATE users SET role = 'king'", "role"),
        ("UPDATE users SET is_active = FALSE", "is_active"),
        ("UPDATE users SET password_hash = 'clear'", "password_hash"),
    ] {
        world.edit_by_hand(change).await;
        let outcome = sign_in(&world, "anne@club.fr", PASSWORD, HOME).await;
        assert_eq!(code_of(outcome), ErrorCode::InvalidCredentials);
        let expected = format!("condition=\"{condition}\"");
        assert!(log.text().contains(&expected), "{}", log.text());
    }
    for secret in [PASSWORD, "anne@club.fr", "argon2"] {
        assert!(!log.text().contains(secret), "{}", log.text());
    }
}

async fn ended_sessions_are_removed(world: World) {
    with_anne(&world).await;
    let token = signed_in(&world).await;
    world.wait(Duration::from_hours(25));
    let world = world.restarted().await;
    // Housekeeping begins with the start; nothing is left that a clock set back could revive.
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.clock.advance(-TimeDelta::hours(2));
    assert_eq!(
        code_of(who(&world.domain, &token).await),
        ErrorCode::Unauthenticated
    );
}
