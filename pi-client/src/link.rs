//! The player's bond with its server: enrol, prove who it is, keep in step, and again.

use tokio::time::sleep;

use crate::client::{Backoff, ClientError};
use crate::enrolment::Enrolment;
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
        loop {
            match self.parts.client.authenticate().await {
                Ok(token) => {
                    backoff.reset();
                    self.parts.screen.hear_time(token.server_time).await;
                    self.show_site();
                    self.sync.run().await;
                    // The next token tells whether the key is refused or only one answer was.
                    sleep(backoff.next()).await;
                }
                Err(ClientError::PlayerRefused) => {
                    let site = enrolment.run().await;
                    self.remember(&site);
                }
                Err(error) => {
                    tracing::warn!(%error, "offline");
                    if self.site().is_none() {
                        self.parts.screen.set_backdrop(Backdrop::Unreachable);
                    }
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    /// Shows the name of the site; the desired state brings a newer one.
    fn show_site(&self) {
        let site_name = self.site().map(|site| site.site_name).unwrap_or_default();
        self.parts
            .screen
            .set_backdrop(Backdrop::Linked { site_name });
    }

    fn site(&self) -> Option<LinkedSite> {
        let site = self.parts.memory.site();
        site.inspect_err(|error| tracing::error!(%error, "the site cannot be read"))
            .ok()
            .flatten()
    }

    fn remember(&self, site: &LinkedSite) {
        if let Err(error) = self.parts.memory.link(site) {
            tracing::error!(%error, "the site cannot be remembered");
        }
    }
}
