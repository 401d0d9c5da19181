//! Forgotten passwords. A mail brings a link that is good once, for half an hour. What opens it is made when
//! the mail is sent and leaves with it; the database keeps a hash.

mod words;

use api::account::{Account, ChangePassword, normalized_email};
use api::error::ErrorCode;
use api::id::UserId;
use api::language::Language;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select, Set,
};
use secrecy::SecretString;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use super::sign_in::FLOOR;
use super::{person, session, throttle};
use crate::audit::{self, Entry};
use crate::database::Transaction;
use crate::entity::{password_reset, session as session_row, user};
use crate::message::outbox;
use crate::{Actor, Client, Domain, Error, Result, network};

/// How long a link is good.
const LIFE: TimeDelta = TimeDelta::minutes(30);
/// So many mails reach one person in [`SPAN`].
const MOST: u64 = 3;
const SPAN: TimeDelta = TimeDelta::hours(1);

/// What is typed by who forgot a password, and where.
pub struct AskReset {
    /// The address, in any case.
    pub email: String,
    /// The language of the page, and so of the mail.
    pub language: Language,
    /// The address of this server's pages, like `https://neopro.example`: the link leads there.
    pub origin: String,
}

/// See [`super::Accounts::ask_reset`].
pub(super) async fn ask(domain: &Domain, asked: AskReset, client: &Client) -> Result<()> {
    let begun = Instant::now();
    let inner = &domain.inner;
    let network = network::of(client.address);
    throttle::book_reset(&inner.database, &network, inner.clock.now()).await?;
    let written = write(domain, asked, client).await;
    if let Ok(Err(condition)) = written {
        tracing::info!(condition, client.network = network, "no password reset");
    }
    sleep_until(begun + FLOOR).await;
    written.map(|_| ())
}

/// Writes the reset and its mail, or says for the log why not.
async fn write(
    domain: &Domain,
    asked: AskReset,
    client: &Client,
) -> Result<Result<(), &'static str>> {
    let inner = &domain.inner;
    if inner.mailer.door().is_none() {
        return Ok(Err("mail"));
    }
    let now = inner.clock.now();
    let transaction = inner.database.write().await?;
    let account = match entitled(&transaction, &asked.email, now).await? {
        Ok(account) => account,
        Err(condition) => return Ok(Err(condition)),
    };
    end_open(&transaction, account.id, now).await?;
    let id = Uuid::now_v7();
    let row = password_reset::ActiveModel {
        id: Set(id),
        user_id: Set(account.id.0),
        token_hash: Set(None),
        created_at: Set(now),
        expires_at: Set(now + LIFE),
        ended_at: Set(None),
    };
    password_reset::Entity::insert(row)
        .exec_without_returning(&transaction)
        .await?;
    note(
        domain,
        &transaction,
        "account.ask_reset",
        (&account, client),
    )
    .await?;
    let content = words::mail(id, &account.email, &asked);
    let key = format!("reset|{id}");
    outbox::tell_one(domain, &transaction, &key, account.email, &content).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// The person of an address, if a mail may go there; locked, so that two that ask at once are counted.
async fn entitled(
    transaction: &Transaction,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Result<Account, &'static str>, DbErr> {
    let email = normalized_email(email);
    let Some(found) = person::by_email(transaction, &email).await? else {
        return Ok(Err("email"));
    };
    let row = user::Entity::find_by_id(found.id).lock_exclusive();
    let Some(row) = row.one(transaction).await?.filter(|row| row.is_active) else {
        return Ok(Err("is_active"));
    };
    let Some(account) = person::account(&row) else {
        return Ok(Err("role"));
    };
    let sent = password_reset::Entity::find()
        .filter(password_reset::COLUMN.user_id.eq(row.id))
        .filter(password_reset::COLUMN.created_at.gt(now - SPAN))
        .count(transaction)
        .await?;
    Ok(if sent < MOST {
        Ok(account)
    } else {
        Err("count")
    })
}

/// Makes what opens a reset, in place of what was made before. None when it has ended.
pub(crate) async fn arm(domain: &Domain, id: Uuid) -> Result<Option<SecretString>> {
    let inner = &domain.inner;
    let token = hex::encode(rand::random::<[u8; 32]>());
    let columns = password_reset::ActiveModel {
        token_hash: Set(Some(hash(&token))),
        ..Default::default()
    };
    let transaction = inner.database.write().await?;
    if !is_open(&transaction, id, inner.clock.now()).await? {
        return Ok(None);
    }
    password_reset::Entity::update_many()
        .set(columns)
        .filter(password_reset::COLUMN.id.eq(id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(Some(token.into()))
}

/// Whether a reset can still be used.
pub(crate) async fn is_open(
    transaction: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = open(now).filter(password_reset::COLUMN.id.eq(id));
    Ok(row.count(transaction).await? > 0)
}

fn open(now: DateTime<Utc>) -> Select<password_reset::Entity> {
    password_reset::Entity::find()
        .filter(password_reset::COLUMN.ended_at.is_null())
        .filter(password_reset::COLUMN.expires_at.gt(now))
}

/// Ends what a person could still use: another takes its place, or the password was changed. Gives how many.
pub(super) async fn end_open(
    transaction: &impl ConnectionTrait,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let ended = password_reset::ActiveModel {
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    let outcome = password_reset::Entity::update_many()
        .set(ended)
        .filter(password_reset::COLUMN.user_id.eq(user.0))
        .filter(password_reset::COLUMN.ended_at.is_null())
        .exec(transaction)
        .await?;
    Ok(outcome.rows_affected)
}

/// See [`super::Accounts::reset_of`].
pub(super) async fn account_of(domain: &Domain, token: &str) -> Result<Account> {
    let inner = &domain.inner;
    let transaction = inner.database.read().await?;
    of_token(&transaction, token, inner.clock.now()).await
}

/// Wrong, used, replaced and late ones are refused alike.
async fn of_token(
    transaction: &impl ConnectionTrait,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Account> {
    let refusal = || Error::refused(ErrorCode::NotFound);
    let row = open(now).filter(password_reset::COLUMN.token_hash.eq(hash(token)));
    let row = row.one(transaction).await?.ok_or_else(refusal)?;
    let user = user::Entity::find_by_id(row.user_id)
        .one(transaction)
        .await?;
    let user = user.filter(|user| user.is_active);
    user.as_ref().and_then(person::account).ok_or_else(refusal)
}

/// See [`super::Accounts::reset`].
pub(super) async fn reset(
    domain: &Domain,
    token: &str,
    change: ChangePassword,
    client: &Client,
) -> Result<()> {
    let inner = &domain.inner;
    // Before the costly hash, and once more with it.
    account_of(domain, token).await?;
    let change = change.validated()?;
    let hash = inner.hashing.hash(change.password).await?;
    let now = inner.clock.now();
    let transaction = inner.database.write().await?;
    let account = of_token(&transaction, token, now).await?;
    if end_open(&transaction, account.id, now).await? == 0 {
        return Err(Error::refused(ErrorCode::NotFound));
    }
    let columns = user::ActiveModel {
        password_hash: Set(hash),
        updated_at: Set(now),
        ..Default::default()
    };
    user::Entity::update_many()
        .set(columns)
        .filter(user::COLUMN.id.eq(account.id.0))
        .exec(&transaction)
        .await?;
    session_row::Entity::delete_many()
        .filter(session_row::COLUMN.user_id.eq(account.id.0))
        .exec(&transaction)
        .await?;
    let who = (&account, client);
    note(domain, &transaction, "account.reset_password", who).await?;
    transaction.commit().await?;
    session::ended(domain).await;
    Ok(())
}

/// Nobody is signed in: the entry names the person as what it is about, and the address that asked.
async fn note(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    action: &'static str,
    (account, client): (&Account, &Client),
) -> Result<(), DbErr> {
    let entry = Entry {
        actor: &Actor::System,
        action,
        object: Some(account.id.0),
        details: json!({ "address": client.address }),
    };
    audit::record(transaction, &domain.inner.clock, entry).await
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
