//! Fetching what is missing, however often it takes.

use std::time::Duration;

use api::player::{DesiredState, Fetching, ManifestFile};
use tokio::time::{interval, sleep};

use super::{Refused, Sync};
use crate::client::{Backoff, ClientError};
use crate::store::{DownloadError, Needs};

/// How often progress is shown.
const PROGRESS: Duration = Duration::from_millis(500);

impl Sync {
    /// Fetches until every file of this state is here. Those of the loop that is shown come first,
    /// and hold up nothing.
    pub(super) async fn fetch_all(&self, desired: &DesiredState) -> Result<(), Refused> {
        let mut backoff = Backoff::new(self.parts.pace.retry);
        loop {
            let wait = self.fetch_missing(desired, &mut backoff).await?;
            let missing = |file: &ManifestFile| !self.parts.store.has(file);
            if !desired.files.iter().any(missing) {
                *self.fetching.lock() = None;
                return Ok(());
            }
            sleep(wait).await;
        }
    }

    /// Tries every missing file once: one that the server cannot give does not hold up the others.
    /// How long to wait before the next try.
    async fn fetch_missing(
        &self,
        desired: &DesiredState,
        backoff: &mut Backoff,
    ) -> Result<Duration, Refused> {
        let needs = self.needs(desired);
        let mut files = self.parts.applied.files();
        files.extend(&desired.files);
        files.retain(|file| !self.parts.store.has(file));
        let mut wished = Duration::ZERO;
        for file in files {
            let before = self.parts.store.bytes_of(&file);
            match self.fetch(desired, &file, &needs).await {
                Ok(()) => {
                    backoff.reset();
                    self.pass_over_missing();
                }
                Err(DownloadError::Client(ClientError::PlayerRefused)) => return Err(Refused),
                Err(error) => {
                    tracing::warn!(file.sha256 = %file.sha256, "a file is not here yet: {error}");
                    if self.parts.store.bytes_of(&file) > before {
                        backoff.reset();
                    }
                    self.say_trouble(&file, &error);
                    if let DownloadError::Client(error) = &error {
                        wished = wished.max(error.retry_after().unwrap_or_default());
                    }
                }
            }
        }
        Ok(backoff.next_or(wished))
    }

    async fn fetch(
        &self,
        desired: &DesiredState,
        file: &ManifestFile,
        needs: &Needs,
    ) -> Result<(), DownloadError> {
        let fetch = self.parts.store.fetch(&self.parts.client, file, needs);
        tokio::pin!(fetch);
        let mut progress = interval(PROGRESS);
        loop {
            tokio::select! {
                done = &mut fetch => return done,
                _ = progress.tick() => {
                    self.parts.screen.set_downloads(self.progress_of(desired));
                    self.say_progress(file);
                }
            }
        }
    }

    /// A trouble is told until bytes come again.
    fn say_progress(&self, file: &ManifestFile) {
        let bytes_ready = self.parts.store.bytes_of(file);
        let fetching = &mut *self.fetching.lock();
        let told =
            fetching.filter(|told| told.sha256 == file.sha256 && told.bytes_ready == bytes_ready);
        *fetching = Some(Fetching {
            sha256: file.sha256,
            bytes: file.size,
            bytes_ready,
            trouble: told.and_then(|told| told.trouble),
        });
    }

    fn say_trouble(&self, file: &ManifestFile, error: &DownloadError) {
        *self.fetching.lock() = Some(Fetching {
            sha256: file.sha256,
            bytes: file.size,
            bytes_ready: self.parts.store.bytes_of(file),
            trouble: Some(error.trouble()),
        });
    }
}
