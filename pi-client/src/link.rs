//! The player's bond with its server: enrol, prove who it is, keep in step, and again.

use std::sync::Arc;

use tokio::time::sleep;

use crate::client::{Backoff, Client, ClientError};
use crate::enrolment::Enrolment;
use crate::memory::{LinkedSite, Memory};
use crate::screen::Screen;
use crate::settings::Pace;
use crate::show::Backdrop;
use crate::sync::Sync;

/// Everything that talks to the server.
pub struct Link {
    /// The connection.
    pub client: Arc<Client>,
    /// Where the site is remembered.
    pub memory: Memory,
    /// Where codes and names are shown.
    pub screen: Screen,
    /// What goes on once linked.
    pub sync: Sync,
    /// How often.
    pub pace: Pace,
}

impl Link {
    /// Works until it is dropped. Whatever the server does, the TV goes on with what it has.
    pub async fn run(self) {
        let enrolment = Enrolment::new(self.client.clone(), self.screen.clone(), self.pace);
        let mut backoff = Backoff::new(self.pace.retry);
        loop {
            match self.client.authenticate().await {
                Ok(token) => {
                    backoff.reset();
                    self.screen.hear_time(token.server_time).await;
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
                        self.screen.set_backdrop(Backdrop::Unreachable);
                    }
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    /// Shows the name of the site; the desired state brings a newer one.
    pub fn show_site(&self) {
        let site_name = self.site().map(|site| site.site_name).unwrap_or_default();
        self.screen.set_backdrop(Backdrop::Linked { site_name });
    }

    fn site(&self) -> Option<LinkedSite> {
        let site = self.memory.site();
        site.inspect_err(|error| tracing::error!(%error, "the site cannot be read"))
            .ok()
            .flatten()
    }

    fn remember(&self, site: &LinkedSite) {
        if let Err(error) = self.memory.link(site) {
            tracing::error!(%error, "the site cannot be remembered");
        }
    }
}
