//! Messages wait in the database: at least once, rarely twice.

use std::time::Duration;

use api::message::{Channel, Fault, MessageState};
use api::permission::Role;
use chrono::TimeDelta;
use rand::RngExt;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, TryInsertResult,
};
use secrecy::ExposeSecret;
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

use super::content::Content;
use super::mailer::Failure;
use crate::entity::{message, user};
use crate::{Domain, Result, account};

/// Between two looks.
const INTERVAL: Duration = Duration::from_secs(2);
/// A message under way is nobody else's for so long.
const CLAIM: TimeDelta = TimeDelta::minutes(2);
/// Messages of one look: the last is sent before its claim ends.
const MOST: u64 = 10;
/// After so many tries a message is given up: nine hours.
const TRIES: i32 = 8;
/// The first pause; each next one is three times as long.
const FIRST_PAUSE_S: f64 = 30.0;

/// Writes a message to everybody who is told, in the transaction of what it tells of. The key names
/// what it tells: it is told once.
pub(crate) async fn tell(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    key: &str,
    content: &Content,
) -> Result<()> {
    let inner = &domain.inner;
    let mut to = Vec::new();
    if inner.slack.is_some() {
        to.push((Channel::Slack, String::new()));
    }
    if inner.mailer.door().is_some() {
        let admins = admins(transaction).await?;
        to.extend(admins.into_iter().map(|email| (Channel::Mail, email)));
    }
    if to.is_empty() {
        tracing::info!(subject = %content.english.subject, "nobody is told: no channel is configured");
    }
    for to in to {
        write(domain, transaction, key, to, content).await?;
    }
    Ok(())
}

/// Writes a mail to one person: see [`tell`].
pub(crate) async fn tell_one(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    key: &str,
    email: String,
    content: &Content,
) -> Result<()> {
    write(domain, transaction, key, (Channel::Mail, email), content).await
}

async fn write(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    key: &str,
    (channel, recipient): (Channel, String),
    content: &Content,
) -> Result<()> {
    let now = domain.inner.clock.now();
    let row = message::ActiveModel {
        id: Set(Uuid::now_v7()),
        dedupe_key: Set(format!("{key}|{}|{recipient}", channel.as_str())),
        channel: Set(channel.as_str().to_owned()),
        recipient: Set(recipient),
        content: Set(serde_json::to_value(content).unwrap_or_default()),
        state: Set(MessageState::Waiting.as_str().to_owned()),
        attempts: Set(0),
        next_attempt_at: Set(now),
        fault: Set(None),
        created_at: Set(now),
        settled_at: Set(None),
    };
    let once = OnConflict::column(message::Column::DedupeKey)
        .do_nothing()
        .to_owned();
    let insert = message::Entity::insert(row).on_conflict(once).try_insert();
    let written = insert.exec_without_returning(transaction).await?;
    if matches!(written, TryInsertResult::Conflicted) {
        tracing::debug!("a message was written before");
    }
    Ok(())
}

async fn admins(transaction: &impl ConnectionTrait) -> Result<Vec<String>> {
    let people = user::Entity::find()
        .filter(user::COLUMN.is_active.eq(true))
        .all(transaction)
        .await?;
    let is_admin = |row: &user::Model| Role::from_column(&row.role) == Some(Role::Admin);
    let admins = people.into_iter().filter(is_admin);
    Ok(admins.map(|row| row.email).collect())
}

/// Sends one now.
pub(crate) async fn send(
    domain: &Domain,
    channel: Channel,
    to: &str,
    content: &Content,
) -> Result<(), Failure> {
    let inner = &domain.inner;
    let origin = inner.settings.origins.first().map_or("", String::as_str);
    match (channel, &inner.slack) {
        (Channel::Slack, Some(slack)) => slack.send(content, origin).await,
        (Channel::Mail, _) => inner.mailer.send(to, content, origin).await,
        _ => Err(Failure::final_of(Fault::NotConfigured)),
    }
}

/// Sends what waits, while this instance leads.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if domain.inner.lease.is_held()
            && let Err(error) = step(&domain).await
        {
            tracing::warn!(%error, "messages wait: the database does not give them");
        }
    }
}

async fn step(domain: &Domain) -> Result<()> {
    let claimed = claim(domain).await?;
    let sending = claimed.into_iter().map(|row| attempt(domain, row));
    futures::future::try_join_all(sending).await?;
    Ok(())
}

/// Takes what is due. What this instance does not settle, another may take when the claim ends.
async fn claim(domain: &Domain) -> Result<Vec<message::Model>> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let waiting = message::COLUMN.state.eq(MessageState::Waiting.as_str());
    let due = message::Entity::find()
        .filter(waiting.clone())
        .filter(message::COLUMN.next_attempt_at.lte(now))
        .order_by_asc(message::Column::NextAttemptAt)
        .limit(MOST)
        .all(&inner.database.read().await?)
        .await?;
    if due.is_empty() {
        return Ok(due);
    }
    let transaction = inner.database.write().await?;
    let mut claimed = Vec::new();
    for row in due {
        let mine = message::ActiveModel {
            attempts: Set(row.attempts + 1),
            next_attempt_at: Set(now + CLAIM),
            ..Default::default()
        };
        let taken = message::Entity::update_many()
            .set(mine)
            .filter(message::COLUMN.id.eq(row.id))
            .filter(waiting.clone())
            .filter(message::COLUMN.attempts.eq(row.attempts))
            .exec(&transaction)
            .await?;
        if taken.rows_affected > 0 {
            claimed.push(row);
        }
    }
    transaction.commit().await?;
    Ok(claimed)
}

async fn attempt(domain: &Domain, row: message::Model) -> Result<()> {
    let channel = Channel::from_column(&row.channel);
    let sent = match serde_json::from_value::<Content>(row.content) {
        Ok(mut content) => {
            if !complete(domain, &mut content).await? {
                return forget(domain, row.id).await;
            }
            send(domain, channel, &row.recipient, &content).await
        }
        Err(_) => Err(Failure::final_of(Fault::Refused)),
    };
    let now = domain.inner.clock.now();
    let tries = row.attempts + 1;
    let (state, failure) = match sent {
        Ok(()) => (MessageState::Sent, None),
        Err(failure) if failure.is_final || tries >= TRIES => (MessageState::Dead, Some(failure)),
        Err(failure) => (MessageState::Waiting, Some(failure)),
    };
    if state == MessageState::Dead {
        tracing::warn!(message.id = %row.id, ?channel, ?failure, "a message was given up");
    }
    let wait = failure.and_then(|failure| failure.wait);
    let wait = wait.and_then(|wait| TimeDelta::from_std(wait).ok());
    let settled = message::ActiveModel {
        state: Set(state.as_str().to_owned()),
        fault: Set(failure.map(|failure| failure.fault.as_str().to_owned())),
        next_attempt_at: Set(now + wait.unwrap_or_else(|| pause(tries))),
        settled_at: Set((state != MessageState::Waiting).then_some(now)),
        ..Default::default()
    };
    let transaction = domain.inner.database.write().await?;
    message::Entity::update_many()
        .set(settled)
        .filter(message::COLUMN.id.eq(row.id))
        .exec(&transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// Makes what opens a password reset, for this sending alone: it is written down nowhere. False where
/// there is nothing left to open.
async fn complete(domain: &Domain, content: &mut Content) -> Result<bool> {
    let Some(reset) = &content.reset else {
        return Ok(true);
    };
    let token = account::reset::arm(domain, reset.id).await?;
    content.path = token.map(|token| format!("/reset?token={}", token.expose_secret()));
    Ok(content.path.is_some())
}

/// Takes out what came too late: nobody has to do anything about it.
async fn forget(domain: &Domain, id: Uuid) -> Result<()> {
    let transaction = domain.inner.database.write().await?;
    message::Entity::delete_by_id(id).exec(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// How long to wait after so many tries, a fifth more or less.
fn pause(tries: i32) -> TimeDelta {
    let jitter = rand::rng().random_range(0.8..1.2);
    let seconds = FIRST_PAUSE_S * 3f64.powi(tries - 1) * jitter;
    TimeDelta::from_std(Duration::from_secs_f64(seconds)).unwrap_or(TimeDelta::hours(1))
}
