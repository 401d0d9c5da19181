//! The player's bond with its server: enrol, prove who it is, keep in step, and again.

use tokio::time::sleep;

use crate::client::{Backoff, ClientError};
use crate::enrolment::Enrolment;
use crate::fault;
use crate::memory::LinkedSite;
use crate::parts::Parts;
use crate::show::Backdrop;
use crate::sync::Sync;

/// Everything that talks to the server.
pub(crate) struct Link {
    parts: Parts,
    sync: Sync,
}

impl Link {
    /// The bond of these parts; `sync` is what goes on once linked.
    pub(crate) fn new(parts: Parts, sync: Sync) -> Self {
        Self { parts, sync }
    }

    /// Works until it is dropped. Whatever the server does, the TV goes on with what it has.
    pub(crate) async fn run(self) {
        let enrolment = Enrolment::new(&self.parts);
        let mut backoff = Backoff::new(self.parts.pace.retry);
        if self.site_name().is_some() {
            self.show_site();
        }
        loop {
            match self.parts.client.authenticate().await {
                Ok(token) => {
                    fault::reach("token-received");
                    backoff.reset();
                    self.parts.screen.hear_time(token.server_time).await;
                    self.show_site();
                    self.sync.run().await;
                    // The next token tells whether the key is refused or only one answer was.
                    sleep(backoff.next()).await;
                }
                Err(ClientError::KeyRevoked) => {
                    tracing::warn!("this player's key was revoked; it takes a new one");
                    if let Err(error) = self.parts.client.renew_key() {
                        tracing::error!(%error, "the new key cannot be kept");
                        sleep(backoff.next()).await;
                    }
                }
                Err(ClientError::PlayerRefused) => {
                    let site = enrolment.run().await;
                    self.remember(&site);
                    fault::reach("enrolment-remembered");
                }
                Err(error) => {
                    tracing::warn!(%error, "offline");
                    if self.site_name().is_none() {
                        self.parts.screen.set_backdrop(Backdrop::Unreachable);
                    }
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    /// Shows that the screen belongs to a site, under the newest name that is known.
    fn show_site(&self) {
        let site_name = self.site_name().unwrap_or_default();
        let backdrop = Backdrop::Linked { site_name };
        self.parts.screen.set_backdrop(backdrop);
    }

    fn site_name(&self) -> Option<String> {
        let desired = self.parts.memory.desired().ok().flatten();
        let desired = desired.and_then(|state| state.parse().ok());
        let linked = || self.parts.memory.site().ok().flatten();
        desired
            .map(|state| state.site_name)
            .or_else(|| linked().map(|site| site.site_name))
    }

    fn remember(&self, site: &LinkedSite) {
        if let Err(error) = self.parts.memory.link(site) {
            tracing::error!(%error, "the site cannot be remembered");
        }
    }
}
