//! Making the desired state possible: its files first, then the switch.

use std::collections::HashSet;
use std::time::Duration;

use api::hash::FileHash;
use api::player::{DesiredState, Downloads, ManifestFile};
use tokio::time::{interval, sleep};

use super::{Refused, Sync};
use crate::client::{Backoff, ClientError};
use crate::database::StorageFailure;
use crate::memory::StoredState;
use crate::show::{Backdrop, Loop};
use crate::store::DownloadError;

/// How often progress is shown.
const PROGRESS: Duration = Duration::from_millis(500);

/// Whether a preparation had to fetch anything.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fetched {
    Nothing,
    Something,
}

impl Sync {
    /// Prepares each desired state; a newer one takes the place of one that is under way.
    pub(super) async fn prepare_for_ever(&self) -> Refused {
        let mut changes = self.desired.subscribe();
        loop {
            let desired = changes.borrow_and_update().clone();
            let prepare = async {
                match &desired {
                    Some(state) => self.prepare(state).await,
                    None => Ok(()),
                }
            };
            tokio::select! {
                Err(refused) = prepare => return refused,
                // The sender is ours: it outlives this.
                _ = changes.changed() => {}
            }
        }
    }

    /// What is fetched, for the server and the idle page.
    pub(super) fn downloads(&self) -> Downloads {
        let state = self
            .desired
            .borrow()
            .as_ref()
            .and_then(|state| state.parse().ok());
        state.map_or_else(Downloads::default, |state| self.progress_of(&state))
    }

    /// Shows what was applied before the player stopped.
    pub(super) fn show_applied(&self) -> Result<(), StorageFailure> {
        let Some(state) = self.parts.memory.applied()? else {
            return Ok(());
        };
        if let Ok(desired) = state.parse() {
            self.parts.screen.set_backdrop(Backdrop::Linked {
                site_name: desired.site_name.clone(),
            });
            self.show(&state, desired)?;
        }
        Ok(())
    }

    async fn prepare(&self, state: &StoredState) -> Result<(), Refused> {
        let Ok(desired) = state.parse() else {
            return Ok(());
        };
        let fetched = self.fetch_all(&desired).await?;
        self.parts.screen.set_downloads(self.progress_of(&desired));
        if fetched == Fetched::Something || !self.parts.applied.is(&state.etag) {
            match self.switch(state, desired) {
                Ok(version) => tracing::info!(configuration.version = version, "applied"),
                Err(error) => tracing::error!(%error, "the configuration cannot be kept"),
            }
        }
        Ok(())
    }

    /// Tries every missing file in turn: one that the server cannot give does not hold up the others.
    async fn fetch_all(&self, desired: &DesiredState) -> Result<Fetched, Refused> {
        let mut backoff = Backoff::new(self.parts.pace.retry);
        let mut fetched = Fetched::Nothing;
        loop {
            let mut wait = None;
            let missing = desired
                .files
                .iter()
                .filter(|file| !self.parts.store.has(file));
            for file in missing {
                match self.fetch(desired, file).await {
                    Ok(()) => fetched = Fetched::Something,
                    Err(DownloadError::Client(ClientError::PlayerRefused)) => return Err(Refused),
                    Err(error) => {
                        tracing::warn!(%error, file.sha256 = %file.sha256, "a file is not here yet");
                        let pause = match &error {
                            DownloadError::Client(error) => backoff.after(error),
                            _ => backoff.next(),
                        };
                        wait = wait.max(Some(pause));
                    }
                }
            }
            match wait {
                None => return Ok(fetched),
                Some(wait) => sleep(wait).await,
            }
        }
    }

    async fn fetch(
        &self,
        desired: &DesiredState,
        file: &ManifestFile,
    ) -> Result<(), DownloadError> {
        let fetch = self.parts.store.fetch(&self.parts.client, file);
        tokio::pin!(fetch);
        let mut progress = interval(PROGRESS);
        loop {
            tokio::select! {
                done = &mut fetch => return done,
                _ = progress.tick() => self.parts.screen.set_downloads(self.progress_of(desired)),
            }
        }
    }

    fn progress_of(&self, desired: &DesiredState) -> Downloads {
        let mut downloads = Downloads::default();
        for file in &desired.files {
            downloads.files += 1;
            downloads.files_ready += u32::from(self.parts.store.has(file));
            downloads.bytes += file.size;
            downloads.bytes_ready += self.parts.store.bytes_of(file);
        }
        downloads
    }

    /// All files are here: from now on this state is shown, also after a restart.
    fn switch(&self, state: &StoredState, desired: DesiredState) -> Result<i32, StorageFailure> {
        let version = desired.configuration_version;
        self.parts.memory.apply(state)?;
        let keep = self.show(state, desired)?;
        if let Err(error) = self.parts.store.evict(&keep) {
            tracing::warn!(%error, "files that nothing needs could not be removed");
        }
        Ok(version)
    }

    /// Shows a state. Answers with the files that it and the one before need.
    fn show(
        &self,
        state: &StoredState,
        desired: DesiredState,
    ) -> Result<HashSet<FileHash>, StorageFailure> {
        let version = desired.configuration_version;
        let mut files: HashSet<FileHash> = hashes(&desired).collect();
        if let Some(Ok(previous)) = self.parts.memory.previous()?.map(|state| state.parse()) {
            files.extend(hashes(&previous));
        }
        self.parts.applied.set(&state.etag, version, files.clone());
        let mut items = desired.configuration.default_loop;
        // After a loss on the disk some may be missing: the others play, these come again.
        items.retain(|item| self.parts.store.path(item.sha256).exists());
        self.parts.screen.apply(Loop {
            configuration_version: version,
            items,
        });
        Ok(files)
    }
}

fn hashes(state: &DesiredState) -> impl Iterator<Item = FileHash> {
    state.files.iter().map(|file| file.sha256)
}
