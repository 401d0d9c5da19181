//! Forgotten passwords.

use std::time::{Duration, Instant};

use api::account::{Account, ChangePassword, SignIn};
use api::error::ErrorCode;
use api::language::Language;
use api::message::{Fault, Message, MessageFilter, MessageState};
use domain::account::AskReset;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use crate::support::mail::MailServer;
use crate::support::post::Post;
use crate::support::{
    self, PASSWORD, World, admin, client, code_of, eventually, on_every_database,
};

on_every_database!(
    a_link_replaces_the_password_once_and_ends_every_session,
    who_is_not_known_is_answered_alike_and_gets_nothing,
    a_link_is_good_for_half_an_hour,
    a_newer_link_takes_the_place_of_the_older,
    a_password_changed_by_hand_ends_the_link,
    nobody_is_flooded,
    what_opens_a_link_stands_in_no_row_and_no_log,
    a_mail_that_was_given_up_goes_out_again_while_its_link_is_good,
    a_mail_server_gets_both_forms_in_the_language_of_the_page,
    without_mail_nothing_is_written,
);

const HOME: &str = "192.0.2.7";
const NEW: &str = "Another horse 2";
const MAILS: &str = "/v3/mail/send";

/// Anne has an account, and mail goes out.
async fn with_anne(world: World) -> (World, Post) {
    let post = Post::start().await;
    let channels = domain::settings::Channels {
        slack: None,
        ..post.channels()
    };
    world.signed_in().await;
    (world.with_channels(channels).await, post)
}

fn asked(email: &str, language: Language) -> AskReset {
    AskReset {
        email: email.to_owned(),
        language,
        origin: "https://neopro.example".to_owned(),
    }
}

async fn ask(world: &World, email: &str, from: &str) -> domain::Result<()> {
    let asked = asked(email, Language::Fr);
    let accounts = world.domain.accounts();
    accounts.ask_reset(asked, &client(from)).await
}

async fn ask_for_anne(world: &World) {
    ask(world, " Anne@CLUB.fr ", HOME).await.unwrap();
}

/// What the link of the mail of this number holds.
async fn token(post: &Post, number: usize) -> String {
    let mail = eventually(async || post.posted(MAILS).get(number).cloned()).await;
    token_in(mail["content"][0]["value"].as_str().unwrap())
}

fn token_in(text: &str) -> String {
    let (_, link) = text
        .split_once("https://neopro.example/reset?token=")
        .unwrap();
    link[..64].to_owned()
}

async fn reset(world: &World, token: &str, password: &str) -> domain::Result<()> {
    let change = ChangePassword {
        password: password.to_owned(),
    };
    let accounts = world.domain.accounts();
    accounts.reset(token, change, &client(HOME)).await
}

async fn whose(world: &World, token: &str) -> domain::Result<Account> {
    world.domain.accounts().reset_of(token).await
}

async fn sign_in(world: &World, password: &str) -> domain::Result<domain::account::NewSession> {
    let typed = SignIn {
        email: "anne@club.fr".to_owned(),
        password: password.to_owned(),
    };
    world.domain.accounts().sign_in(typed, &client(HOME)).await
}

async fn message(world: &World, is_it: impl Fn(&Message) -> bool) -> Message {
    eventually(async || {
        let filter = MessageFilter::default();
        let listed = world.domain.messages().list(&admin(), filter).await;
        listed.unwrap().items.into_iter().find(&is_it)
    })
    .await
}

async fn a_link_replaces_the_password_once_and_ends_every_session(world: World) {
    let (world, post) = with_anne(world).await;
    let session = sign_in(&world, PASSWORD).await.unwrap();
    let tokens = world.domain.accounts().tokens(&session).unwrap();
    ask_for_anne(&world).await;
    let token = token(&post, 0).await;
    assert_eq!(whose(&world, &token).await.unwrap().email, "anne@club.fr");
    let weak = reset(&world, &token, "short").await;
    assert_eq!(code_of(weak), ErrorCode::Invalid);

    reset(&world, &token, NEW).await.unwrap();
    let accounts = world.domain.accounts();
    let old = accounts.authenticate(session.token.expose_secret()).await;
    assert_eq!(code_of(old), ErrorCode::Unauthenticated);
    let refreshed = accounts.refresh(&tokens.refresh_token).await.err();
    assert!(refreshed.is_some());
    let old = sign_in(&world, PASSWORD).await;
    assert_eq!(code_of(old), ErrorCode::InvalidCredentials);
    sign_in(&world, NEW).await.unwrap();

    let again = reset(&world, &token, PASSWORD).await;
    assert_eq!(code_of(again), ErrorCode::NotFound);
    assert_eq!(code_of(whose(&world, &token).await), ErrorCode::NotFound);
    let forged = reset(&world, &"0".repeat(64), NEW).await;
    assert_eq!(code_of(forged), ErrorCode::NotFound);
    assert_eq!(world.audited("account.ask_reset").await, 1);
    assert_eq!(world.audited("account.reset_password").await, 1);
}

async fn who_is_not_known_is_answered_alike_and_gets_nothing(world: World) {
    let (world, post) = with_anne(world).await;
    let mut times = Vec::new();
    let mut take = async |email| {
        let begun = Instant::now();
        ask(&world, email, HOME).await.unwrap();
        times.push(begun.elapsed());
    };
    take("anne@club.fr").await;
    take("nobody@club.fr").await;
    take("").await;
    let close = "UPDATE users SET is_active = FALSE";
    world.edit_by_hand(close).await;
    take("anne@club.fr").await;
    let (first, last) = (times.iter().min().unwrap(), times.iter().max().unwrap());
    assert!(*first >= Duration::from_millis(750), "{times:?}");
    assert!(*last < *first + Duration::from_millis(500), "{times:?}");
    assert_eq!(world.count("SELECT id FROM messages").await, 1);

    // Nor does a link open an account that was closed meanwhile.
    let token = token(&post, 0).await;
    assert_eq!(
        code_of(reset(&world, &token, NEW).await),
        ErrorCode::NotFound
    );
}

async fn a_link_is_good_for_half_an_hour(world: World) {
    let (world, post) = with_anne(world).await;
    ask_for_anne(&world).await;
    let token = token(&post, 0).await;
    world.wait(Duration::from_mins(29));
    whose(&world, &token).await.unwrap();
    world.wait(Duration::from_mins(2));
    assert_eq!(
        code_of(reset(&world, &token, NEW).await),
        ErrorCode::NotFound
    );
    sign_in(&world, PASSWORD).await.unwrap();
}

async fn a_newer_link_takes_the_place_of_the_older(world: World) {
    let (world, post) = with_anne(world).await;
    ask_for_anne(&world).await;
    let older = token(&post, 0).await;
    ask_for_anne(&world).await;
    assert_eq!(code_of(whose(&world, &older).await), ErrorCode::NotFound);
    let newer = token(&post, 1).await;
    assert_eq!(
        code_of(reset(&world, &older, NEW).await),
        ErrorCode::NotFound
    );
    reset(&world, &newer, NEW).await.unwrap();
}

async fn a_password_changed_by_hand_ends_the_link(world: World) {
    let (world, post) = with_anne(world).await;
    ask_for_anne(&world).await;
    let token = token(&post, 0).await;
    let anne = world.signed_in().await;
    world.step_up(&anne, PASSWORD).await.unwrap();
    let change = ChangePassword {
        password: NEW.to_owned(),
    };
    let accounts = world.domain.accounts();
    accounts.change_password(&anne, change).await.unwrap();
    assert_eq!(code_of(whose(&world, &token).await), ErrorCode::NotFound);
}

async fn nobody_is_flooded(world: World) {
    let (world, _post) = with_anne(world).await;
    // From everywhere: three reach Anne, and nobody is told.
    let all = (0..5).map(|number| {
        let world = &world;
        async move { ask(world, "anne@club.fr", &format!("198.51.{number}.1")).await }
    });
    for asked in futures::future::join_all(all).await {
        asked.unwrap();
    }
    let written = "SELECT id FROM password_resets";
    assert_eq!(world.count(written).await, 3);
    world.wait(Duration::from_mins(61));
    ask_for_anne(&world).await;
    assert_eq!(world.count(written).await, 4);

    // From one network: whoever is asked for.
    let all = (0..6).map(|number| {
        let world = &world;
        async move { ask(world, &format!("nobody{number}@club.fr"), "203.0.113.9").await }
    });
    let refused = futures::future::join_all(all).await;
    let refused = refused.into_iter().filter(Result::is_err);
    let codes: Vec<_> = refused.map(code_of).collect();
    assert_eq!(codes, [ErrorCode::TooManyRequests]);
    world.wait(Duration::from_mins(13));
    ask(&world, "nobody@club.fr", "203.0.113.9").await.unwrap();
}

async fn what_opens_a_link_stands_in_no_row_and_no_log(world: World) {
    let (log, _guard) = support::log();
    let (world, post) = with_anne(world).await;
    ask_for_anne(&world).await;
    ask(&world, "nobody@club.fr", HOME).await.unwrap();
    let token = token(&post, 0).await;
    let sent = message(&world, |message| message.state == MessageState::Sent).await;
    assert_eq!(
        sent.subject,
        "NeoPro\u{a0}: choisir un nouveau mot de passe"
    );
    let hash = hex::encode(Sha256::digest(&token));
    for (table, columns, text, found) in [
        ("messages", "CAST(content AS TEXT)", &token, 0),
        ("messages", "CAST(content AS TEXT)", &hash, 0),
        ("audit", "CAST(details AS TEXT)", &token, 0),
        ("password_resets", "token_hash", &token, 0),
        ("password_resets", "token_hash", &hash, 1),
    ] {
        let select = format!("SELECT id FROM {table} WHERE {columns} LIKE '%{text}%'");
        assert_eq!(world.count(&select).await, found, "{select}");
    }
    reset(&world, &token, NEW).await.unwrap();
    for secret in [&token, &hash, NEW, "nobody@club.fr", "anne@club.fr"] {
        assert!(!log.text().contains(secret), "{}", log.text());
    }
}

async fn a_mail_that_was_given_up_goes_out_again_while_its_link_is_good(world: World) {
    let (world, post) = with_anne(world).await;
    post.answer(&["401 Unauthorized", "401 Unauthorized"]);
    ask_for_anne(&world).await;
    let is_dead = |message: &Message| message.state == MessageState::Dead;
    let dead = message(&world, is_dead).await;
    assert_eq!(dead.fault, Some(Fault::KeyRefused));
    let lost = token(&post, 0).await;
    let messages = world.domain.messages();
    messages.retry(&admin(), dead.id).await.unwrap();
    token(&post, 1).await;
    let dead = message(&world, is_dead).await;
    messages.retry(&admin(), dead.id).await.unwrap();
    let good = token(&post, 2).await;
    assert_eq!(code_of(whose(&world, &lost).await), ErrorCode::NotFound);
    whose(&world, &good).await.unwrap();

    post.answer(&["401 Unauthorized"]);
    ask_for_anne(&world).await;
    let dead = message(&world, is_dead).await;
    world.wait(Duration::from_mins(31));
    let late = messages.retry(&admin(), dead.id).await;
    assert_eq!(code_of(late), ErrorCode::NotFound);

    // One that waits is taken out.
    post.answer(&["429 Too Many Requests\r\nretry-after: 3000"]);
    ask_for_anne(&world).await;
    message(&world, |message| message.fault == Some(Fault::Busy)).await;
    world.wait(Duration::from_mins(51));
    let waiting = "SELECT id FROM messages WHERE state = 'waiting'";
    eventually(async || (world.count(waiting).await == 0).then_some(())).await;
    assert_eq!(post.posted(MAILS).len(), 5);
}

async fn a_mail_server_gets_both_forms_in_the_language_of_the_page(world: World) {
    let server = MailServer::start().await;
    world.signed_in().await;
    let world = world.with_channels(server.channels()).await;
    ask_for_anne(&world).await;
    let french = eventually(async || server.taken().first().cloned()).await;
    assert_eq!(
        french.envelope,
        ["MAIL FROM:<alertes@club.fr>", "RCPT TO:<anne@club.fr>"]
    );
    assert_eq!(
        french.subject(),
        "NeoPro\u{a0}: choisir un nouveau mot de passe"
    );
    let (text, html) = (french.part("text/plain"), french.part("text/html"));
    assert!(text.contains("Si vous n’avez rien demandé"), "{text}");
    assert!(!text.contains("If you did not"), "{text}");
    assert!(html.contains("<html lang=\"fr\">"), "{html}");
    let token = token_in(&text);
    let link = format!("href=\"https://neopro.example/reset?token={token}\"");
    assert!(html.contains(&link), "{html}");
    reset(&world, &token, NEW).await.unwrap();

    let accounts = world.domain.accounts();
    let asked = asked("anne@club.fr", Language::En);
    accounts.ask_reset(asked, &client(HOME)).await.unwrap();
    let english = eventually(async || server.taken().get(1).cloned()).await;
    assert_eq!(english.subject(), "NeoPro: choose a new password");
    let html = english.part("text/html");
    assert!(html.contains("<html lang=\"en\">"), "{html}");
    assert!(!html.contains("Choisir"), "{html}");
    assert_ne!(token_in(&english.part("text/plain")), token);
}

async fn without_mail_nothing_is_written(world: World) {
    world.signed_in().await;
    assert!(!world.domain.accounts().send_resets());
    ask_for_anne(&world).await;
    assert_eq!(world.count("SELECT id FROM password_resets").await, 0);
    assert_eq!(world.count("SELECT id FROM messages").await, 0);
}
