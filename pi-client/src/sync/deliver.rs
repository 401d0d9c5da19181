//! Handing plays over to the server.

use std::collections::HashMap;

use api::limit::PLAYS_PER_BATCH;
use api::play::{PlayBatch, PlayBatchAnswer, Receipt};

use super::{Sync, off_thread};
use crate::client::ClientError;
use crate::fault;
use crate::spool::Waiting;

impl Sync {
    /// Delivers what waits, batch after batch. A play leaves the spool only with its receipt;
    /// one that is sent twice is stored once. One that the server never takes waits, and holds up
    /// none of the others.
    pub(super) async fn deliver(&self) -> Result<(), ClientError> {
        let (mut after, mut most) = (0, PLAYS_PER_BATCH);
        while let Some(batch) = self.batch(after, most).await {
            let plays = batch.iter().map(|waiting| waiting.play.clone()).collect();
            match self.parts.client.deliver(&PlayBatch { plays }).await {
                Ok(answer) => {
                    fault::reach("delivery-answered");
                    if !self.settle(&batch, &answer).await {
                        return Ok(());
                    }
                    fault::reach("delivery-settled");
                    most = PLAYS_PER_BATCH;
                }
                Err(error) if error.is_for_good() && batch.len() > 1 => most = batch.len() / 2,
                Err(error) if error.is_for_good() => {
                    let play = &batch[0];
                    tracing::error!(play.id = %play.play.id.0, "the server never takes a play: {error}");
                    (after, most) = (play.key, PLAYS_PER_BATCH);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The next plays to deliver, if there are any.
    async fn batch(&self, after: u64, most: usize) -> Option<Vec<Waiting>> {
        let spool = self.parts.spool.clone();
        match off_thread(move || spool.batch(after, most)).await {
            Ok(batch) => Some(batch).filter(|batch| !batch.is_empty()),
            Err(error) => {
                tracing::error!(%error, "waiting plays cannot be read");
                None
            }
        }
    }

    /// Keeps the receipts; true when there is a reason to go on.
    async fn settle(&self, batch: &[Waiting], answer: &PlayBatchAnswer) -> bool {
        let receipts = receipts(batch, answer);
        if receipts.is_empty() {
            tracing::warn!("the server gave no receipt for the plays that it was sent");
            return false;
        }
        tracing::debug!(plays = receipts.len(), "plays delivered");
        let spool = self.parts.spool.clone();
        let settled = off_thread(move || spool.settle(&receipts)).await;
        if let Err(error) = &settled {
            tracing::error!(%error, "receipts cannot be kept");
        }
        settled.is_ok()
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
