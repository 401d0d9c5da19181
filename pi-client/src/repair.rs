//! Files that the page cannot play are read again: a disk that loses bits must not silence a sponsor.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use api::hash::FileHash;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::spawn_blocking;

use crate::store::Store;

/// A file that was found whole is not read again for this long.
const TRUST: Duration = Duration::from_hours(1);

/// Checks each doubted file; a damaged one is removed and `fetch_again` called.
pub(crate) async fn watch(
    store: Store,
    mut doubted: UnboundedReceiver<FileHash>,
    fetch_again: impl Fn() + Send,
) {
    let mut trusted: HashMap<FileHash, Instant> = HashMap::new();
    while let Some(sha256) = doubted.recv().await {
        trusted.retain(|_, checked| checked.elapsed() < TRUST);
        if trusted.contains_key(&sha256) {
            continue;
        }
        let store = store.clone();
        match spawn_blocking(move || store.drop_if_damaged(sha256)).await {
            Ok(Ok(false)) => {
                trusted.insert(sha256, Instant::now());
                tracing::warn!(file.sha256 = %sha256, "the browser cannot play a file that is whole");
            }
            Ok(Ok(true)) => {
                tracing::error!(file.sha256 = %sha256, "a file was damaged on the disk");
                fetch_again();
            }
            Ok(Err(error)) => {
                tracing::error!(file.sha256 = %sha256, %error, "a file cannot be read");
                fetch_again();
            }
            Err(error) => tracing::error!(%error, "a file could not be checked"),
        }
    }
    // The screen outlives this task; only a stopping player gets here.
    std::future::pending::<()>().await;
}
