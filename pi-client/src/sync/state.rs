//! Learning what the server wants.

use std::time::Duration;

use rand::RngExt;
use tokio::time::sleep;

use super::{Refused, Sync};
use crate::client::{Backoff, ClientError, StateAnswer};
use crate::fault;
use crate::memory::StoredState;
use crate::show::Backdrop;

impl Sync {
    /// Polls the desired state: polling is the truth, everything else only hurries it.
    pub(super) async fn poll_for_ever(&self) -> Refused {
        let mut backoff = Backoff::new(self.parts.pace.retry);
        loop {
            match self.poll().await {
                Ok(()) => {
                    backoff.reset();
                    tokio::select! {
                        () = sleep(self.poll_interval()) => {}
                        () = self.poll_now.notified() => {}
                    }
                }
                Err(ClientError::PlayerRefused) => return Refused,
                Err(error) => {
                    tracing::warn!(%error, "the desired state is not known");
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    async fn poll(&self) -> Result<(), ClientError> {
        let known = self.desired.borrow().clone();
        let known_etag = known.as_ref().map(|state| state.etag.as_str());
        let StateAnswer::New(state) = self.parts.client.state(known_etag).await? else {
            return Ok(());
        };
        if known.as_ref() == Some(&state) {
            return Ok(());
        }
        fault::reach("state-received");
        // A state that this version cannot read is not taken: the one before stays.
        let desired = state.parse()?;
        self.parts.screen.set_backdrop(Backdrop::Linked {
            site_name: desired.site_name,
        });
        self.keep(&state);
        fault::reach("state-kept");
        self.desired.send_replace(Some(state));
        Ok(())
    }

    fn keep(&self, state: &StoredState) {
        if let Err(error) = self.parts.memory.desire(state) {
            // It still holds for this run, and the next one fetches it again.
            tracing::error!(%error, "the desired state cannot be kept");
        }
    }

    fn poll_interval(&self) -> Duration {
        let pace = &self.parts.pace;
        let jitter = pace
            .poll_jitter
            .mul_f64(rand::rng().random_range(0.0..=2.0));
        (pace.poll + jitter).saturating_sub(pace.poll_jitter)
    }
}
