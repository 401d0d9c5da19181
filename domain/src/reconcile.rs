//! Compares the library with what lies in the storage: people may add and remove files there by hand.
//!
//! When the storage does not answer, nothing is said of what is missing.

mod missing;
mod strangers;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures::TryStreamExt;
use sea_orm::{EntityTrait, QueryFilter};
use tokio::time::sleep;
use uuid::Uuid;

use crate::entity::{unclaimed_file, video as video_row};
use crate::error::chain;
use crate::storage::Found;
use crate::{Domain, Result, video};

/// Between two looks.
const INTERVAL: Duration = Duration::from_mins(10);
/// Before the first one, and between two while another leads: a start has more urgent things to do.
const FIRST: Duration = Duration::from_secs(15);

/// Looks for ever, while this instance leads.
pub(crate) async fn run(domain: Domain) {
    loop {
        // Who takes the lead does not let its first look wait.
        sleep(FIRST).await;
        if !domain.inner.lease.is_held() {
            continue;
        }
        if let Err(error) = look(&domain).await {
            let error = chain(&error);
            tracing::warn!(error, "library and storage could not be compared");
        }
        sleep(INTERVAL).await;
    }
}

/// One look. Memory holds a page of objects, and the ids of the videos whose file was seen.
pub(crate) async fn look(domain: &Domain) -> Result<()> {
    let storage = &domain.inner.storage;
    storage.probe().await?;
    let begun = domain.inner.clock.now();
    let (mut seen, mut new) = (HashSet::new(), 0);
    let mut pages = storage.pages();
    while let Some(page) = pages.try_next().await? {
        let compared = compare(domain, page).await?;
        seen.extend(compared.seen);
        new += strangers::note(domain, compared.strangers, begun).await?;
    }
    missing::note(domain, &seen, begun).await?;
    strangers::forget(domain, begun).await?;
    if new > 0 {
        tracing::info!(
            files.count = new,
            "files were found in the storage that no video names"
        );
    }
    Ok(())
}

/// What a page of objects is to the library.
struct Compared {
    /// Videos whose file is there.
    seen: Vec<Uuid>,
    /// Objects that nobody knows.
    strangers: Vec<Found>,
}

async fn compare(domain: &Domain, page: Vec<Found>) -> Result<Compared> {
    let keys = || page.iter().map(|found| found.key.clone());
    let transaction = domain.inner.database.read().await?;
    let videos = video::alive()
        .filter(video_row::COLUMN.storage_key.is_in(keys()))
        .all(&transaction)
        .await?;
    // Written down before they are written, and until they are removed.
    let unclaimed = unclaimed_file::Entity::find()
        .filter(unclaimed_file::COLUMN.storage_key.is_in(keys()))
        .all(&transaction)
        .await?;
    drop(transaction);
    let unclaimed: HashSet<String> = unclaimed.into_iter().map(|row| row.storage_key).collect();
    let videos: HashMap<String, video_row::Model> = videos
        .into_iter()
        .map(|row| (row.storage_key.clone(), row))
        .collect();
    let (mut seen, mut strangers, mut back) = (Vec::new(), Vec::new(), Vec::new());
    for found in page {
        match videos.get(&found.key) {
            Some(row) if row.size.unsigned_abs() == found.size => {
                seen.push(row.id);
                back.extend(row.missing_since.map(|_| row.id));
            }
            None if !unclaimed.contains(&found.key) => strangers.push(found),
            // Another file has its name: it is missed like one that is gone.
            Some(_) | None => {}
        }
    }
    if !back.is_empty() {
        video::missing::note(domain, &back, None).await?;
        let count = back.len();
        tracing::info!(videos.count = count, "files of the library are back");
    }
    Ok(Compared { seen, strangers })
}
