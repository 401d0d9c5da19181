//! Files are read again, slowly and for ever; and at once when the page cannot play one: a card
//! that loses bits must not silence a sponsor.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use api::hash::FileHash;
use rand::seq::SliceRandom;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::applied::Applied;
use crate::settings::Pace;
use crate::store::{Condition, Store};

/// A file that was found whole is not read again for the page's sake for this long.
const TRUST: Duration = Duration::from_hours(1);

/// Looks after the files of the loop that is shown.
#[derive(Clone)]
pub(crate) struct Scrub<F> {
    /// The files.
    pub(crate) store: Store,
    /// Which of them matter.
    pub(crate) applied: Applied,
    /// How often.
    pub(crate) pace: Pace,
    /// Called when one was damaged and removed.
    pub(crate) fetch_again: F,
}

impl<F: Fn() + Send> Scrub<F> {
    /// Reads every file again, one after the other, again and again.
    pub(crate) async fn patrol(self) {
        loop {
            sleep(self.pace.scrub).await;
            let mut files = self.applied.files();
            // In another order each time: a player that is switched off each night gets to all.
            files.shuffle(&mut rand::rng());
            for file in files {
                self.check(file.sha256, self.pace.scrub_pause).await;
            }
        }
    }

    /// Reads each file that the page doubts.
    pub(crate) async fn watch(self, mut doubted: UnboundedReceiver<FileHash>) {
        let mut trusted: HashMap<FileHash, Instant> = HashMap::new();
        while let Some(sha256) = doubted.recv().await {
            trusted.retain(|_, checked| checked.elapsed() < TRUST);
            if trusted.contains_key(&sha256) {
                continue;
            }
            if self.check(sha256, Duration::ZERO).await == Some(Condition::Whole) {
                trusted.insert(sha256, Instant::now());
                tracing::warn!(file.sha256 = %sha256, "the browser cannot play a file that is whole");
            }
        }
        // The screen outlives this task; only a stopping player gets here.
        std::future::pending::<()>().await;
    }

    async fn check(&self, sha256: FileHash, pause: Duration) -> Option<Condition> {
        let store = self.store.clone();
        match spawn_blocking(move || store.check(sha256, pause)).await {
            Ok(Ok(condition)) => {
                if condition == Condition::Damaged {
                    tracing::error!(file.sha256 = %sha256, "a file was damaged on the disk; it is fetched again");
                }
                if condition != Condition::Whole {
                    (self.fetch_again)();
                }
                Some(condition)
            }
            Ok(Err(error)) => {
                tracing::error!(file.sha256 = %sha256, %error, "a file cannot be read");
                (self.fetch_again)();
                None
            }
            Err(error) => {
                tracing::error!(%error, "a file could not be checked");
                None
            }
        }
    }
}
