//! The first administrator, created from the browser by who can read the server's log.

use api::account::FirstRun;
use api::error::ErrorCode;
use api::permission::Role;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, Set};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{NewSession, person, session, throttle};
use crate::entity::{first_run_code, user};
use crate::{Actor, Client, Domain, Error, Result, network};

const LIFE: TimeDelta = TimeDelta::minutes(15);
/// The one row's key.
const ROW: i32 = 1;

pub(super) async fn new_code(domain: &Domain) -> Result<Option<SecretString>> {
    let inner = &domain.inner;
    let transaction = inner.database.write().await?;
    if user::Entity::find().count(&transaction).await? > 0 {
        first_run_code::Entity::delete_by_id(ROW)
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        return Ok(None);
    }
    let code = hex::encode(rand::random::<[u8; 16]>());
    let row = first_run_code::ActiveModel {
        id: Set(ROW),
        code_hash: Set(hash(&code)),
        expires_at: Set(inner.clock.now() + LIFE),
    };
    let renewed = OnConflict::column(first_run_code::Column::Id)
        .update_columns([
            first_run_code::Column::CodeHash,
            first_run_code::Column::ExpiresAt,
        ])
        .to_owned();
    first_run_code::Entity::insert(row)
        .on_conflict(renewed)
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(Some(code.into()))
}

pub(super) async fn redeem(
    domain: &Domain,
    first: FirstRun,
    client: &Client,
) -> Result<NewSession> {
    let inner = &domain.inner;
    let now = inner.clock.now();
    let new = first.admin.validated()?;
    let network = network::of(client.address);
    let booking = throttle::book(&inner.database, "", &network, now).await?;
    let refusal = || Error::refused(ErrorCode::FirstRunCodeInvalid);

    // Before the costly hash, and once more with it.
    let transaction = inner.database.read().await?;
    let known = is_good(&transaction, &first.code, now).await?;
    drop(transaction);
    if !known {
        tracing::warn!(client.network = network, "first-run code refused");
        return Err(refusal());
    }
    let hash = inner.hashing.hash(new.password.clone()).await?;
    let transaction = inner.database.write().await?;
    let good = is_good(&transaction, &first.code, now).await?;
    let used = first_run_code::Entity::delete_by_id(ROW)
        .exec(&transaction)
        .await?;
    if !good || used.rows_affected != 1 {
        return Err(refusal());
    }
    let person = person::NewPerson {
        new,
        hash,
        role: Role::Admin,
    };
    let account = person::insert(&transaction, &inner.clock, &Actor::System, person).await?;
    booking.give_back(&transaction, now).await?;
    let session = session::open(&transaction, domain, account, client).await?;
    transaction.commit().await?;
    Ok(session)
}

/// Whether the code is the one of the log, still good, and nobody can sign in otherwise.
async fn is_good(
    transaction: &impl ConnectionTrait,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = first_run_code::Entity::find_by_id(ROW)
        .one(transaction)
        .await?;
    let Some(row) = row.filter(|row| row.expires_at > now) else {
        return Ok(false);
    };
    let same = row.code_hash.as_bytes().ct_eq(hash(code).as_bytes());
    Ok(bool::from(same) && user::Entity::find().count(transaction).await? == 0)
}

/// Spaces and case may get lost between a log and a form.
fn hash(code: &str) -> String {
    let code = code.trim().to_lowercase();
    hex::encode(Sha256::digest(code))
}
