//! Making the desired state possible: its files first, then the switch.

use api::player::{DesiredState, Downloads};

use super::{Refused, Sync};
use crate::fault;
use crate::memory::StoredState;

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

    pub(super) fn progress_of(&self, desired: &DesiredState) -> Downloads {
        let mut downloads = Downloads::default();
        for file in &desired.files {
            downloads.files += 1;
            downloads.files_ready += u32::from(self.parts.store.has(file));
            downloads.bytes += file.size;
            downloads.bytes_ready += self.parts.store.bytes_of(file);
        }
        downloads
    }

    async fn prepare(&self, state: &StoredState) -> Result<(), Refused> {
        let Ok(desired) = state.parse() else {
            return Ok(());
        };
        // A file of the loop that is shown may be why this runs again.
        self.pass_over_missing();
        self.fetch_all(&desired).await?;
        self.parts.screen.set_downloads(self.progress_of(&desired));
        self.pass_over_missing();
        if !self.parts.applied.is(&state.etag) {
            fault::reach("switch-ready");
            match self.switch(state, &desired) {
                Ok(()) => {
                    let version = desired.configuration_version;
                    tracing::info!(configuration.version = version, "applied");
                }
                Err(error) => tracing::error!(%error, "the configuration cannot be kept"),
            }
        }
        Ok(())
    }
}
