//! Handing plays over to the server.

use std::collections::HashMap;

use api::play::{PlayBatch, PlayBatchAnswer, Receipt};

use super::{Sync, off_thread};
use crate::client::ClientError;
use crate::fault;
use crate::spool::Waiting;

impl Sync {
    /// Delivers what waits, batch after batch. A play leaves the spool only with its receipt;
    /// one that is sent twice is stored once.
    pub(super) async fn deliver(&self) -> Result<(), ClientError> {
        loop {
            let spool = self.parts.spool.clone();
            let batch = match off_thread(move || spool.batch()).await {
                Ok(batch) if batch.is_empty() => return Ok(()),
                Ok(batch) => batch,
                Err(error) => {
                    tracing::error!(%error, "waiting plays cannot be read");
                    return Ok(());
                }
            };
            let plays = batch.iter().map(|waiting| waiting.play.clone()).collect();
            let answer = self.parts.client.deliver(&PlayBatch { plays }).await?;
            fault::reach("delivery-answered");
            let receipts = receipts(&batch, &answer);
            if receipts.is_empty() {
                tracing::warn!("the server gave no receipt for the plays that it was sent");
                return Ok(());
            }
            tracing::debug!(plays = receipts.len(), "plays delivered");
            let spool = self.parts.spool.clone();
            if let Err(error) = off_thread(move || spool.settle(&receipts)).await {
                tracing::error!(%error, "receipts cannot be kept");
                return Ok(());
            }
            fault::reach("delivery-settled");
        }
    }
}

/// The receipts of this batch, by place in the spool.
fn receipts(batch: &[Waiting], answer: &PlayBatchAnswer) -> Vec<(u64, Receipt)> {
    let by_play: HashMap<_, _> = answer
        .receipts
        .iter()
        .map(|receipt| (receipt.id, receipt.receipt))
        .collect();
    batch
        .iter()
        .filter_map(|waiting| Some((waiting.key, *by_play.get(&waiting.play.id)?)))
        .collect()
}
