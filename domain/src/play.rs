//! The proof.

mod count;
mod csv;
mod deliver;
mod insert;
mod judge;
mod queue;
mod report;
mod roll_up;
mod store;
mod sums;

use api::permission::Permission;
use api::play::{PlayBatch, PlayBatchAnswer};
use api::report::{PlayFilter, PlayReport};
use bytes::Bytes;
use futures::Stream;

use crate::{Actor, Domain, Result};

pub(crate) use count::{Counted, QUARANTINED};
pub(crate) use deliver::write;
pub(crate) use queue::Deliveries;
pub(crate) use report::today;

/// The proof.
pub struct Plays<'a>(pub(crate) &'a Domain);

impl Plays<'_> {
    /// Stores a player's delivery, every play once. Acknowledged plays are durable. Refused when
    /// more plays wait than can be stored soon.
    pub async fn deliver(&self, actor: &Actor, batch: PlayBatch) -> Result<PlayBatchAnswer> {
        actor.require(Permission::RunSite)?;
        deliver::deliver(self.0, actor.site()?, batch).await
    }

    /// Counts plays by day, by video and by site; at most 400 days.
    pub async fn report(&self, actor: &Actor, filter: PlayFilter) -> Result<PlayReport> {
        actor.require(Permission::ViewPlays)?;
        let range = report::Range::of(&filter, self.0.inner.clock.now())?;
        let transaction = self.0.inner.database.read().await?;
        report::count(&transaction, &filter, range).await
    }

    /// Every play of the filter as CSV (UTF-8 with BOM, `;`, one header line), in pieces.
    ///
    /// Made for a French Excel, which opens it right by a double click: ISO days and times are
    /// taken as such, decimals have a comma, and no cell is run as a formula.
    #[expect(
        clippy::unused_async,
        reason = "a verb like the others; it reads later"
    )]
    pub async fn csv(
        &self,
        actor: &Actor,
        filter: PlayFilter,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + 'static + use<>> {
        actor.require(Permission::ViewPlays)?;
        let range = report::Range::of(&filter, self.0.inner.clock.now())?;
        Ok(csv::stream(self.0.clone(), filter, range))
    }
}
