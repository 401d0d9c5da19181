//! Rows of people.

use api::account::{Account, NewAdmin};
use api::error::{ApiError, ErrorCode};
use api::id::UserId;
use api::permission::Role;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set, SqlErr};
use serde_json::json;

use crate::audit::{self, Entry};
use crate::entity::user;
use crate::{Actor, Clock, Error, Result};

/// Somebody to create.
pub(super) struct NewPerson {
    /// Already validated.
    pub(super) new: NewAdmin,
    /// Of the password.
    pub(super) hash: String,
    pub(super) role: Role,
}

/// The person of a row, if the row names a role that exists.
pub(super) fn account(row: &user::Model) -> Option<Account> {
    Some(Account {
        id: UserId(row.id),
        email: row.email.clone(),
        full_name: row.full_name.clone(),
        role: Role::from_column(&row.role)?,
    })
}

pub(super) async fn by_id(
    transaction: &impl ConnectionTrait,
    id: UserId,
) -> Result<Option<Account>, DbErr> {
    let row = user::Entity::find_by_id(id.0).one(transaction).await?;
    Ok(row.as_ref().and_then(account))
}

/// The row of an address in its normal form; the column may hold it as somebody typed it.
pub(super) async fn by_email(
    transaction: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<user::Model>, DbErr> {
    let column = Func::lower(Expr::col(user::Column::Email));
    user::Entity::find()
        .filter(Expr::expr(column).eq(email))
        .one(transaction)
        .await
}

/// Writes a person and the audit entry.
pub(super) async fn insert(
    transaction: &impl ConnectionTrait,
    clock: &Clock,
    actor: &Actor,
    person: NewPerson,
) -> Result<Account> {
    let account = Account {
        id: UserId::new(),
        email: person.new.email,
        full_name: person.new.full_name,
        role: person.role,
    };
    let now = clock.now();
    let row = user::ActiveModel {
        id: Set(account.id.0),
        email: Set(account.email.clone()),
        password_hash: Set(person.hash),
        full_name: Set(account.full_name.clone()),
        role: Set(account.role.as_str().to_owned()),
        is_active: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
    };
    user::Entity::insert(row)
        .exec_without_returning(transaction)
        .await
        .map_err(taken)?;
    let entry = Entry {
        actor,
        action: "account.create",
        object: Some(account.id.0),
        details: json!({ "email": account.email, "role": account.role }),
    };
    audit::record(transaction, clock, entry).await?;
    Ok(account)
}

fn taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::new(ErrorCode::EmailTaken)
            .with_field("email", ErrorCode::EmailTaken)
            .into(),
        _ => error.into(),
    }
}
