//! A screen asks to be linked.

use api::enrolment::{EnrolAnswer, Hardware, PairingCode, PendingEnrolment};
use api::error::ErrorCode;
use api::key::LinkedTo;
use api::limit::{PAIRING_LIFE, PAIRING_PENDING, PAIRING_POLL_INTERVAL};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use super::claim::Claim;
use super::{ACCEPTED, PENDING, code, hash, words};
use crate::entity::enrolment;
use crate::{Client, Domain, Error, Result};

/// Most enrolments that may wait from one network at one time.
const PENDING_PER_NETWORK: u64 = 20;
/// Tries to draw a code that nobody waits under. With a thousand waiting, one collides once in
/// 25 million.
const DRAWS: u32 = 5;
/// How long an answer may be asked for again after the code's end.
const KEPT_AFTER: TimeDelta = TimeDelta::hours(24);

/// Enters a machine into the waiting room; an older entry of the same key leaves it.
pub(super) async fn enter(domain: &Domain, claim: Claim, client: &Client) -> Result<EnrolAnswer> {
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    clear(&transaction, &claim.key.to_text(), now).await?;
    let network = crate::network::of(client.address);
    check_room(&transaction, &network).await?;
    let words = words::draw();
    let secret = code::secret();
    let life = TimeDelta::from_std(PAIRING_LIFE).unwrap_or(TimeDelta::zero());
    let hardware = serde_json::to_value(&claim.hardware)
        .map_err(|error| Error::Internal(format!("hardware could not be written: {error}")))?;
    let row = enrolment::ActiveModel {
        id: Set(Uuid::now_v7()),
        words: Set(words.join(" ")),
        poll_secret_hash: Set(hash(&secret)),
        public_key: Set(claim.key.to_text()),
        hardware: Set(hardware),
        address: Set(client.address.to_string()),
        network: Set(network),
        state: Set(PENDING.to_owned()),
        site_id: Set(None),
        requested_at: Set(now),
        expires_at: Set(now + life),
        ..Default::default()
    };
    let code = insert(&transaction, row).await?;
    transaction.commit().await?;
    let origin = domain.inner.settings.origins.first();
    Ok(EnrolAnswer {
        link: format!("{}/pair?code={code}", origin.map_or("", String::as_str)),
        code,
        words,
        poll_secret: secret,
        interval_s: PAIRING_POLL_INTERVAL.as_secs(),
        expires_in_s: PAIRING_LIFE.as_secs(),
    })
}

/// Removes what ended, and what the same key asked before.
async fn clear(
    transaction: &impl ConnectionTrait,
    public_key: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let column = &enrolment::COLUMN;
    let waiting = Condition::all().add(column.state.eq(PENDING)).add(
        Condition::any()
            .add(column.expires_at.lte(now))
            .add(column.public_key.eq(public_key)),
    );
    let answered = Condition::all()
        .add(column.state.eq(ACCEPTED))
        .add(column.expires_at.lte(now - KEPT_AFTER));
    enrolment::Entity::delete_many()
        .filter(Condition::any().add(waiting).add(answered))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn check_room(transaction: &impl ConnectionTrait, network: &str) -> Result<()> {
    let waiting = enrolment::Entity::find().filter(enrolment::COLUMN.state.eq(PENDING));
    let near = waiting
        .clone()
        .filter(enrolment::COLUMN.network.eq(network))
        .count(transaction)
        .await?;
    let all = waiting.count(transaction).await?;
    if near >= PENDING_PER_NETWORK || all >= PAIRING_PENDING {
        return Err(Error::refused(ErrorCode::TooManyRequests));
    }
    Ok(())
}

/// Inserts the row under a code that nobody waits under.
async fn insert(
    transaction: &impl ConnectionTrait,
    row: enrolment::ActiveModel,
) -> Result<PairingCode> {
    for _ in 0..DRAWS {
        let code = code::draw();
        let taken = enrolment::Entity::find()
            .filter(enrolment::COLUMN.code.eq(code.as_str()))
            .filter(enrolment::COLUMN.state.eq(PENDING))
            .count(transaction)
            .await?;
        if taken == 0 {
            let row = enrolment::ActiveModel {
                code: Set(code.to_string()),
                ..row
            };
            enrolment::Entity::insert(row)
                .exec_without_returning(transaction)
                .await?;
            return Ok(code);
        }
    }
    Err(Error::Internal("no free pairing code was drawn".to_owned()))
}

/// A waiting screen as an admin sees it.
pub(super) fn shown(
    row: &enrolment::Model,
    linked_to: Option<LinkedTo>,
) -> Result<PendingEnrolment> {
    let broken = || Error::Internal(format!("enrolment {} is damaged", row.id));
    let (first, second) = row.words.split_once(' ').ok_or_else(broken)?;
    Ok(PendingEnrolment {
        code: PairingCode::parse(&row.code).ok_or_else(broken)?,
        words: [first.to_owned(), second.to_owned()],
        hardware: serde_json::from_value::<Hardware>(row.hardware.clone()).unwrap_or_default(),
        address: row.address.clone(),
        requested_at: row.requested_at,
        linked_to,
    })
}
