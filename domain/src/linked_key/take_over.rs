//! The first use of an accepted key: its box is the screen from now on.

use api::event::Event;
use api::id::SiteId;
use api::key::{KeyEventKind, KeyState};
use api::site::SiteStatus;
use sea_orm::{ConnectionTrait, DbErr, Set};

use super::history::{self, Happening};
use super::row;
use crate::entity::{player, site};
use crate::{Actor, Domain, Result};

/// Makes an accepted pending key the current one of its site. Does nothing where it is that
/// already, or was withdrawn meanwhile.
pub(crate) async fn take_over(domain: &Domain, site: SiteId, key_id: &str) -> Result<()> {
    let inner = &domain.inner;
    let transaction = inner.database.write().await?;
    let place = row::lock(&transaction, site).await?;
    let key = row::of_site(&transaction, site, key_id).await?;
    if key.state != KeyState::Pending.as_str() || !key.is_accepted {
        return Ok(());
    }
    if let Some(gone) = row::in_state(&transaction, site, KeyState::Retiring).await? {
        row::delete(&transaction, &gone.key_id).await?;
    }
    if let Some(before) = row::in_state(&transaction, site, KeyState::Current).await? {
        retire(domain, &transaction, &before, &place).await?;
    }
    let columns = player::ActiveModel {
        state: Set(KeyState::Current.as_str().to_owned()),
        ..Default::default()
    };
    row::update(&transaction, key_id, columns).await?;
    row::start_anew(&transaction, site, SiteStatus::Offline).await?;
    let actor = Actor::Player {
        site,
        key_id: key_id.to_owned(),
    };
    let happening = Happening::of(KeyEventKind::TookOver, &key);
    history::record(&transaction, &inner.clock, &actor, happening).await?;
    transaction.commit().await?;
    inner.bus.publish(Event::SiteChanged { site });
    inner.changes.refresh(&inner.database).await
}

/// The key opens nothing any more, and can be put back for some days.
pub(super) async fn retire(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    key: &player::Model,
    place: &site::Model,
) -> Result<(), DbErr> {
    let columns = player::ActiveModel {
        state: Set(KeyState::Retiring.as_str().to_owned()),
        retired_at: Set(Some(domain.inner.clock.now())),
        last_seen: Set(place.last_seen),
        ..Default::default()
    };
    row::update(transaction, &key.key_id, columns).await
}
