//! What goes out to people, and what happens when it does not.

use std::time::Duration;

use api::error::ErrorCode;
use api::message::{Channel, Fault, Message, MessageFilter, MessageState};
use api::metrics::Metrics;
use api::permission::Role;
use api::player::Report;
use domain::settings::Channels;

use crate::support::post::Post;
use crate::support::{World, admin, code_of, eventually, on_every_database, somebody};

on_every_database!(
    what_slack_refuses_for_good_is_listed_and_can_be_sent_again,
    a_busy_channel_is_asked_again_later,
    a_test_tells_how_it_went,
);

/// Slack alone.
async fn with_slack(world: World, post: &Post) -> World {
    let channels = Channels {
        mail: None,
        ..post.channels()
    };
    world.with_channels(channels).await
}

/// Something to tell of.
async fn a_hot_machine(world: &World) {
    let site = world.site("Salle A").await;
    let (machine, player) = world.linked(site).await;
    let report = Report {
        metrics: Metrics {
            temperature_millicelsius: Some(85_000),
            ..Metrics::default()
        },
        ..Report::of_boot(machine.boot)
    };
    let players = world.domain.players();
    players.report(&player, report).await.unwrap();
}

async fn message(world: &World, is_it: impl Fn(&Message) -> bool) -> Message {
    let look = async || {
        let filter = MessageFilter::default();
        let listed = world.domain.messages().list(&admin(), filter).await;
        listed.unwrap().items.pop().filter(&is_it)
    };
    eventually(look).await
}

async fn what_slack_refuses_for_good_is_listed_and_can_be_sent_again(world: World) {
    let post = Post::start().await;
    let world = with_slack(world, &post).await;
    post.answer(&["404 Not Found"]);
    a_hot_machine(&world).await;
    let dead = message(&world, |message| message.state == MessageState::Dead).await;
    assert_eq!(dead.fault, Some(Fault::WebhookGone));
    assert!(dead.subject.starts_with("Salle A"), "{dead:?}");

    let messages = world.domain.messages();
    let refused = messages.retry(&somebody(Role::Operator), dead.id).await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
    messages.retry(&admin(), dead.id).await.unwrap();
    message(&world, |message| message.state == MessageState::Sent).await;
    let again = messages.retry(&admin(), dead.id).await;
    assert_eq!(code_of(again), ErrorCode::NotFound);
    assert_eq!(post.posted("/slack").len(), 2);
    assert_eq!(world.audited("message.retry").await, 1);
}

async fn a_busy_channel_is_asked_again_later(world: World) {
    let post = Post::start().await;
    let world = with_slack(world, &post).await;
    post.answer(&[
        "429 Too Many Requests\r\nretry-after: 600",
        "503 Unavailable",
    ]);
    a_hot_machine(&world).await;
    message(&world, |message| message.fault == Some(Fault::Busy)).await;
    world.wait(Duration::from_secs(610));
    message(&world, |message| message.fault == Some(Fault::Failing)).await;
    world.wait(Duration::from_mins(5));
    let sent = message(&world, |message| message.state == MessageState::Sent).await;
    assert_eq!((sent.attempts, sent.fault), (3, None));
}

async fn a_test_tells_how_it_went(world: World) {
    let post = Post::start().await;
    let world = world.with_channels(post.channels()).await;
    let actor = world.signed_in().await;
    let messages = world.domain.messages();
    for channel in [Channel::Slack, Channel::Mail] {
        let tried = messages.try_channel(&actor, channel).await.unwrap();
        assert_eq!(tried.fault, None, "{channel:?}");
    }
    post.answer(&["401 Unauthorized"]);
    let tried = messages.try_channel(&actor, Channel::Mail).await.unwrap();
    assert_eq!(tried.fault, Some(Fault::KeyRefused));
    let mails = post.posted("/v3/mail/send");
    assert_eq!(mails[0]["from"]["email"], "alertes@club.fr");
    let refused = messages
        .try_channel(&somebody(Role::Operator), Channel::Slack)
        .await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
}
