//! The box of before comes back.

use api::error::ErrorCode;
use api::id::SiteId;
use api::key::{KeyEventKind, KeyState};
use api::site::SiteStatus;
use sea_orm::{ConnectionTrait, Set};

use super::history::{self, Happening};
use super::take_over::retire;
use super::{revoke, row};
use crate::entity::player;
use crate::{Actor, Domain, Error, Result, enrolment};

/// Makes the retiring key the current one again; the current one retires in its place.
pub(super) async fn restore(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    site: SiteId,
    key_id: &str,
) -> Result<()> {
    let place = row::lock(transaction, site).await?;
    let key = row::of_site(transaction, site, key_id).await?;
    let until = key.retired_at.map(row::restorable_until);
    if key.state != KeyState::Retiring.as_str()
        || until.is_none_or(|until| until <= domain.inner.clock.now())
    {
        return Err(Error::refused(ErrorCode::Conflict));
    }
    if let Some(pending) = row::in_state(transaction, site, KeyState::Pending).await? {
        revoke::withdraw(domain, transaction, actor, &pending).await?;
    }
    let current = row::in_state(transaction, site, KeyState::Current).await?;
    if let Some(current) = &current {
        // Out of the way: a site has one key of each state.
        set_state(transaction, &current.key_id, KeyState::Pending).await?;
    }
    set_state(transaction, key_id, KeyState::Current).await?;
    if let Some(current) = &current {
        retire(domain, transaction, current, &place).await?;
    }
    row::start_anew(transaction, site, SiteStatus::Offline).await?;
    // Its box shows a code since it was replaced: that code is answered.
    enrolment::admit(transaction, &key.public_key, site).await?;
    let happening = Happening::of(KeyEventKind::Restored, &key);
    history::record(transaction, &domain.inner.clock, actor, happening).await?;
    Ok(())
}

async fn set_state(
    transaction: &impl ConnectionTrait,
    key_id: &str,
    state: KeyState,
) -> Result<()> {
    let columns = player::ActiveModel {
        state: Set(state.as_str().to_owned()),
        retired_at: Set(None),
        ..Default::default()
    };
    Ok(row::update(transaction, key_id, columns).await?)
}
