//! An admin accepts the box that waits to take over.

use api::error::ErrorCode;
use api::id::SiteId;
use api::key::{KeyEventKind, KeyState};
use sea_orm::{ConnectionTrait, Set};

use super::history::{self, Happening};
use super::{link, row};
use crate::entity::player;
use crate::{Actor, Domain, Error, Result, enrolment};

/// Accepts a pending key and tells its box, which shows its code until then.
pub(super) async fn accept(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    actor: &Actor,
    site: SiteId,
    key_id: &str,
) -> Result<()> {
    row::lock(transaction, site).await?;
    let key = row::of_site(transaction, site, key_id).await?;
    if key.state != KeyState::Pending.as_str() {
        return Err(Error::refused(ErrorCode::Conflict));
    }
    if key.is_accepted {
        return Ok(());
    }
    let (accepted_by, accepted_by_name) = link::signature(actor);
    let columns = player::ActiveModel {
        is_accepted: Set(true),
        accepted_at: Set(domain.inner.clock.now()),
        accepted_by: Set(accepted_by),
        accepted_by_name: Set(accepted_by_name),
        ..Default::default()
    };
    row::update(transaction, key_id, columns).await?;
    enrolment::admit(transaction, &key.public_key, site).await?;
    let happening = Happening::of(KeyEventKind::Accepted, &key);
    history::record(transaction, &domain.inner.clock, actor, happening).await?;
    Ok(())
}
