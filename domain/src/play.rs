//! The proof.

use api::play::{PlayBatch, PlayBatchAnswer};
use api::report::{PlayFilter, PlayReport};
use bytes::Bytes;
use futures::Stream;

use crate::{Actor, Domain, Result};

/// The proof.
pub struct Plays<'a>(pub(crate) &'a Domain);

impl Plays<'_> {
    /// Stores a player's delivery, every play once. Acknowledged plays are durable.
    pub async fn deliver(&self, actor: &Actor, batch: PlayBatch) -> Result<PlayBatchAnswer> {
        let _ = (actor, batch);
        todo!()
    }

    /// Counts plays by day, by video and by site.
    pub async fn report(&self, actor: &Actor, filter: PlayFilter) -> Result<PlayReport> {
        let _ = (actor, filter);
        todo!()
    }

    /// Every play of the filter as CSV (UTF-8 with BOM, `;`, one header line), in pieces.
    pub async fn csv(
        &self,
        actor: &Actor,
        filter: PlayFilter,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + 'static + use<>> {
        let _ = (actor, filter);
        Ok(futures::stream::empty())
    }
}
