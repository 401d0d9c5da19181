//! A key opens nothing any more.

use api::id::SiteId;
use api::key::{KeyEventKind, KeyState};
use api::site::SiteStatus;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set};

use super::history::{self, Happening};
use super::row;
use crate::database::Transaction;
use crate::entity::{player, revoked_key};
use crate::{Actor, Domain, Result, account, enrolment};

/// Revokes the key of a site, whatever its state. A pending one was never used: it is withdrawn.
pub(super) async fn revoke(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    site: SiteId,
    key_id: &str,
) -> Result<()> {
    row::lock(transaction, site).await?;
    let key = row::of_site(transaction, site, key_id).await?;
    let state = KeyState::from_column(&key.state);
    if state == KeyState::Pending {
        return withdraw(domain, transaction, actor, &key).await;
    }
    account::require_step_up(domain, transaction, actor).await?;
    row::delete(transaction, key_id).await?;
    remember(domain, transaction, &key).await?;
    if state == KeyState::Current {
        row::start_anew(transaction, site, SiteStatus::Pending).await?;
    }
    let happening = Happening::of(KeyEventKind::Revoked, &key);
    history::record(transaction, &domain.inner.clock, actor, happening).await?;
    Ok(())
}

/// Takes a pending key away; its box shows another code.
pub(super) async fn withdraw(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    key: &player::Model,
) -> Result<()> {
    row::delete(transaction, &key.key_id).await?;
    enrolment::dismiss(transaction, &key.public_key).await?;
    let happening = Happening::of(KeyEventKind::Refused, key);
    history::record(transaction, &domain.inner.clock, actor, happening).await?;
    Ok(())
}

/// Boxes with this key are told to make a new one: a copied card must not come back as a copy.
async fn remember(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    key: &player::Model,
) -> Result<(), DbErr> {
    let row = revoked_key::ActiveModel {
        key_id: Set(key.key_id.clone()),
        public_key: Set(key.public_key.clone()),
        revoked_at: Set(domain.inner.clock.now()),
    };
    let again = OnConflict::column(revoked_key::Column::KeyId)
        .update_column(revoked_key::Column::RevokedAt)
        .to_owned();
    revoked_key::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Somebody accepts the key again, knowingly.
pub(super) async fn forgive(transaction: &impl ConnectionTrait, key_id: &str) -> Result<(), DbErr> {
    revoked_key::Entity::delete_by_id(key_id)
        .exec(transaction)
        .await?;
    Ok(())
}

/// The public key under this name, if it was revoked.
pub(crate) async fn is_revoked(
    transaction: &Transaction,
    key_id: &str,
) -> Result<Option<String>, DbErr> {
    let row = revoked_key::Entity::find_by_id(key_id)
        .one(transaction)
        .await?;
    Ok(row.map(|row| row.public_key))
}
