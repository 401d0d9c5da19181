//! From one configuration to the next, all of it or nothing.

use std::collections::HashSet;

use api::hash::FileHash;
use api::player::DesiredState;

use super::Sync;
use crate::database::StorageFailure;
use crate::fault;
use crate::memory::StoredState;
use crate::show::{Backdrop, Loop};
use crate::store::Needs;

impl Sync {
    /// Shows what was applied before the player stopped.
    pub(super) fn show_applied(&self) -> Result<(), StorageFailure> {
        let Some(state) = self.parts.memory.applied()? else {
            return Ok(());
        };
        if let Ok(desired) = state.parse() {
            self.parts.screen.set_backdrop(Backdrop::Linked {
                site_name: desired.site_name.clone(),
            });
            self.parts.screen.set_downloads(self.downloads());
            self.show(&state, &desired)?;
        }
        Ok(())
    }

    /// All files are here: from now on this state is shown, also after a restart.
    pub(super) fn switch(
        &self,
        state: &StoredState,
        desired: &DesiredState,
    ) -> Result<(), StorageFailure> {
        self.parts.memory.apply(state)?;
        fault::reach("switch-kept");
        self.show(state, desired)?;
        fault::reach("switch-shown");
        if let Err(error) = self.parts.store.evict(&self.needs(desired)) {
            tracing::warn!(%error, "files that nothing needs could not be removed");
        }
        Ok(())
    }

    /// After a loss on the disk some files may be missing: the others play, these come again.
    pub(super) fn pass_over_missing(&self) {
        let files = self.parts.applied.files();
        let missing = files.iter().filter(|file| !self.parts.store.has(file));
        let missing = missing.map(|file| file.sha256).collect();
        self.parts.screen.set_missing(missing);
    }

    /// Which files must stay while this state is prepared and shown.
    pub(super) fn needs(&self, desired: &DesiredState) -> Needs {
        let mut now: HashSet<FileHash> = hashes(desired).collect();
        now.extend(self.parts.applied.files().iter().map(|file| file.sha256));
        Needs {
            now,
            before: self.parts.applied.before(),
        }
    }

    fn show(&self, state: &StoredState, desired: &DesiredState) -> Result<(), StorageFailure> {
        let version = desired.configuration_version;
        let previous = self.parts.memory.previous()?;
        let previous = previous.and_then(|state| state.parse().ok());
        let before = previous.iter().flat_map(hashes).collect();
        self.parts
            .applied
            .set(&state.etag, version, &desired.files, before);
        self.pass_over_missing();
        let place = self.parts.spool.place()?;
        let last = place.filter(|place| place.configuration_version == version);
        self.parts.screen.apply(Loop {
            configuration_version: version,
            items: desired.configuration.default_loop.clone(),
            // Not the first one again: it would be seen more than the others.
            start: last.map_or(0, |last| last.place + 1),
        });
        Ok(())
    }
}

fn hashes(state: &DesiredState) -> impl Iterator<Item = FileHash> {
    state.files.iter().map(|file| file.sha256)
}
