//! A player delivers plays; deliveries that come at the same time share a transaction.

use api::error::ErrorCode;
use api::id::SiteId;
use api::limit::PLAYS_PER_BATCH;
use api::play::{PlayBatch, PlayBatchAnswer};

use super::queue::Delivery;
use super::store::{self, Stored};
use crate::{Domain, Error, Result};

/// Stores every play of `batch` that is not there yet; answers when they are durable.
pub(super) async fn deliver(
    domain: &Domain,
    site: SiteId,
    batch: PlayBatch,
) -> Result<PlayBatchAnswer> {
    if batch.plays.len() > PLAYS_PER_BATCH {
        return Err(Error::refused(ErrorCode::Invalid));
    }
    if batch.plays.is_empty() {
        return Ok(PlayBatchAnswer { receipts: vec![] });
    }
    let answer = domain.inner.deliveries.add(site, batch)?;
    let gone = |_| Error::Internal("the writer of plays is gone".to_owned());
    answer.await.map_err(gone)?
}

/// Stores deliveries until the domain closes; then what is left.
pub(crate) async fn write(domain: Domain) {
    let (deliveries, stop) = (&domain.inner.deliveries, &domain.inner.stop);
    while stop.run_until_cancelled(deliveries.came()).await.is_some() {
        write_all(&domain).await;
    }
    deliveries.close();
    write_all(&domain).await;
}

async fn write_all(domain: &Domain) {
    loop {
        let group = domain.inner.deliveries.take();
        if group.is_empty() {
            return;
        }
        write_group(domain, group).await;
    }
}

/// Stores a group together. Where the database refuses, one delivery may be to blame: each is
/// tried alone, and takes no other with it.
async fn write_group(domain: &Domain, group: Vec<Delivery>) {
    match store::store(domain, &group).await {
        Ok(stored) => answer(domain, group, stored),
        Err(error) if group.len() > 1 => {
            tracing::warn!(%error, deliveries = group.len(), "plays are stored one delivery at a time");
            for delivery in group {
                Box::pin(write_group(domain, vec![delivery])).await;
            }
        }
        Err(error) => refuse(group, error),
    }
}

fn answer(domain: &Domain, group: Vec<Delivery>, stored: Stored) {
    for event in stored.events {
        domain.inner.bus.publish(event);
    }
    for (delivery, answer) in group.into_iter().zip(stored.answers) {
        // Who asked may be gone; the player asks again and hears of duplicates.
        let _ = delivery.answer.send(answer);
    }
}

/// To the one that is left.
fn refuse(mut group: Vec<Delivery>, error: Error) {
    if let Some(delivery) = group.pop() {
        let _ = delivery.answer.send(Err(error));
    }
}
