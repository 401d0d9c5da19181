//! A waiting screen gets its place at a site.

use api::error::ErrorCode;
use api::id::SiteId;
use api::key::{KeyEventKind, KeyState};
use api::site::SiteStatus;
use sea_orm::{ConnectionTrait, EntityTrait, Set, TryInsertResult};

use super::history::{self, Happening};
use super::{revoke, row};
use crate::entity::{enrolment, player, site};
use crate::player::PublicKey;
use crate::{Actor, Domain, Error, Result, account};

/// What became of a waiting screen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Linked {
    /// It is the site's screen.
    Screen,
    /// The site has another one: it waits to be accepted in its place.
    Proposed,
}

/// Gives the key of a waiting screen its place at `target`. A key that belongs to another site
/// leaves it, if `move_from` says so.
pub(crate) async fn link(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    waiting: &enrolment::Model,
    (target, move_from): (SiteId, Option<SiteId>),
) -> Result<Linked> {
    let place = row::lock(transaction, target).await?;
    if !place.is_active {
        return Err(Error::refused(ErrorCode::NotFound));
    }
    let key = PublicKey::parse(&waiting.public_key)
        .ok_or_else(|| Error::Internal(format!("enrolment {} is damaged", waiting.id)))?;
    let mut other = None;
    if let Some(known) = row::by_key_id(transaction, &key.id()).await? {
        if known.site_id != target.0 {
            other = Some(leave(domain, transaction, actor, (&known, move_from, &place)).await?);
        } else if known.state == KeyState::Current.as_str() {
            // It is this site's screen already, and only forgot it.
            return Ok(Linked::Screen);
        }
        row::delete(transaction, &known.key_id).await?;
    }
    revoke::forgive(transaction, &key.id()).await?;
    if let Some(pending) = row::in_state(transaction, target, KeyState::Pending).await? {
        revoke::withdraw(domain, transaction, actor, &pending).await?;
    }
    let current = row::in_state(transaction, target, KeyState::Current).await?;
    let linked = match current {
        Some(_) => Linked::Proposed,
        None => Linked::Screen,
    };
    let row = new_row(waiting, (target, key.id()), linked);
    let row = insert(domain, transaction, actor, (row, &key.id())).await?;
    let what = match linked {
        Linked::Screen => {
            // Linked, and not heard of yet.
            row::start_anew(transaction, target, SiteStatus::Offline).await?;
            KeyEventKind::Linked
        }
        Linked::Proposed => KeyEventKind::Proposed,
    };
    let happening = Happening {
        other,
        ..Happening::of(what, &row)
    };
    history::record(transaction, &domain.inner.clock, actor, happening).await?;
    Ok(linked)
}

/// Takes a key from its site; gives the site.
async fn leave(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    (known, move_from, to): (&player::Model, Option<SiteId>, &site::Model),
) -> Result<(uuid::Uuid, String)> {
    let id = SiteId(known.site_id);
    if move_from != Some(id) {
        return Err(Error::refused(ErrorCode::PlayerLinkedElsewhere));
    }
    let from = row::lock(transaction, id).await?;
    if known.state == KeyState::Current.as_str() {
        account::require_step_up(domain, transaction, actor).await?;
        row::start_anew(transaction, id, SiteStatus::Pending).await?;
    }
    let happening = Happening {
        other: Some((to.id, to.name.clone())),
        ..Happening::of(KeyEventKind::MovedAway, known)
    };
    history::record(transaction, &domain.inner.clock, actor, happening).await?;
    Ok((from.id, from.name))
}

fn new_row(
    waiting: &enrolment::Model,
    (site, key_id): (SiteId, String),
    linked: Linked,
) -> player::ActiveModel {
    let state = match linked {
        Linked::Screen => KeyState::Current,
        Linked::Proposed => KeyState::Pending,
    };
    player::ActiveModel {
        site_id: Set(site.0),
        key_id: Set(key_id),
        public_key: Set(waiting.public_key.clone()),
        hardware: Set(waiting.hardware.clone()),
        address: Set(waiting.address.clone()),
        state: Set(state.as_str().to_owned()),
        is_accepted: Set(linked == Linked::Screen),
        boots: Set(serde_json::json!([])),
        ..Default::default()
    }
}

async fn insert(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    (row, key_id): (player::ActiveModel, &str),
) -> Result<player::Model> {
    let (accepted_by, accepted_by_name) = signature(actor);
    let row = player::ActiveModel {
        accepted_at: Set(domain.inner.clock.now()),
        accepted_by: Set(accepted_by),
        accepted_by_name: Set(accepted_by_name),
        ..row
    };
    let inserted = player::Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(transaction)
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1..)) {
        // The key was linked elsewhere at the same moment.
        return Err(Error::refused(ErrorCode::Conflict));
    }
    let row = row::by_key_id(transaction, key_id).await?;
    row.ok_or_else(|| Error::Internal(format!("the key {key_id} was not written")))
}

/// Who accepts a key, as its row keeps it.
pub(super) fn signature(actor: &Actor) -> (Option<uuid::Uuid>, String) {
    match actor {
        Actor::Person { id, name, .. } => (Some(id.0), name.clone()),
        Actor::Player { key_id, .. } => (None, key_id.clone()),
        Actor::System => (None, "system".to_owned()),
    }
}
