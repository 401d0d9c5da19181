//! The keys of a site's screen: replacing a box, putting the old one back, revoking.
//!
//! A site has at most one key of each state. A pending one is a box whose code was typed on a site
//! that has a screen; once accepted, its first use makes it the current one. The one before
//! retires: it opens nothing, and can be put back for some days.

mod accept;
pub(crate) mod boot;
pub(crate) mod expiry;
mod history;
mod link;
mod restore;
mod revoke;
mod row;
mod take_over;

use api::event::Event;
use api::id::SiteId;
use api::key::SiteKeys;
use api::permission::Permission;

pub(crate) use link::{Linked, link};
pub(crate) use revoke::is_revoked;
pub(crate) use row::linked_to;
pub(crate) use take_over::take_over;

use crate::entity::player;
use crate::gather::Gather;
use crate::{Actor, Domain, Result, account};

/// Keys that are being asked for, by name.
pub(crate) type Asked = Gather<String, player::Model>;

/// The key of this name as the database knows it now, if it may get tokens. Many who ask at the same
/// time are answered together.
pub(crate) async fn usable(domain: &Domain, key_id: &str) -> Result<Option<player::Model>> {
    let answer = |key_ids| async {
        let transaction = domain.inner.database.read().await?;
        row::usable(&transaction, key_ids).await
    };
    domain.inner.keys_asked.ask(key_id.to_owned(), answer).await
}

/// The keys of sites' screens.
pub struct LinkedKeys<'a>(pub(crate) &'a Domain);

impl LinkedKeys<'_> {
    /// The keys of a site, and what happened to them.
    pub async fn list(&self, actor: &Actor, site: SiteId) -> Result<SiteKeys> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        row::shown(&transaction, site).await
    }

    /// Accepts a pending key: its box takes over when it comes. Asks for step-up.
    pub async fn accept(&self, actor: &Actor, site: SiteId, key_id: &str) -> Result<SiteKeys> {
        actor.require(Permission::PairPlayers)?;
        let transaction = self.0.inner.database.write().await?;
        account::require_step_up(self.0, &transaction, actor).await?;
        accept::accept(self.0, &transaction, actor, site, key_id).await?;
        self.finish(transaction, site).await
    }

    /// Puts a retiring key back; the current one retires. Asks for step-up.
    pub async fn restore(&self, actor: &Actor, site: SiteId, key_id: &str) -> Result<SiteKeys> {
        actor.require(Permission::PairPlayers)?;
        let transaction = self.0.inner.database.write().await?;
        account::require_step_up(self.0, &transaction, actor).await?;
        restore::restore(self.0, &transaction, actor, site, key_id).await?;
        self.finish(transaction, site).await
    }

    /// Refuses a pending key, or revokes another one for ever: on every instance within seconds
    /// it opens nothing. Revoking asks for step-up.
    pub async fn revoke(&self, actor: &Actor, site: SiteId, key_id: &str) -> Result<SiteKeys> {
        actor.require(Permission::PairPlayers)?;
        let transaction = self.0.inner.database.write().await?;
        revoke::revoke(self.0, &transaction, actor, site, key_id).await?;
        self.finish(transaction, site).await
    }

    /// Commits, makes this instance see the change at once, and reads how things are now.
    async fn finish(
        &self,
        transaction: crate::database::Transaction,
        site: SiteId,
    ) -> Result<SiteKeys> {
        transaction.commit().await?;
        let inner = &self.0.inner;
        inner.changes.refresh(&inner.database).await?;
        inner.bus.publish(Event::SiteChanged { site });
        let transaction = inner.database.read().await?;
        row::shown(&transaction, site).await
    }
}
