//! Getting linked to a site: shows a code until an admin accepts it.

use std::time::Duration;

use api::enrolment::{EnrolAnswer, EnrolPoll, EnrolStatus};
use tokio::time::{Instant, sleep};

use crate::client::Backoff;
use crate::fault;
use crate::memory::LinkedSite;
use crate::parts::Parts;
use crate::qr;
use crate::show::{Backdrop, Pairing};

/// However eager a server is, it is not asked more often.
const FASTEST: Duration = Duration::from_millis(50);

/// Asks to be linked.
pub(crate) struct Enrolment<'a> {
    parts: &'a Parts,
}

impl<'a> Enrolment<'a> {
    /// Asks with the key and on the screen of these parts.
    pub(crate) fn new(parts: &'a Parts) -> Self {
        Self { parts }
    }

    /// Shows one code after the other until one is accepted. What is in the store goes on playing.
    pub(crate) async fn run(&self) -> LinkedSite {
        let mut backoff = Backoff::new(self.parts.pace.retry);
        loop {
            match self.parts.client.enrol().await {
                Ok(answer) => {
                    fault::reach("enrolment-asked");
                    backoff.reset();
                    tracing::info!("this screen waits for its site");
                    if let Some(site) = self.wait_for_admin(&answer).await {
                        return site;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "no pairing code");
                    self.parts.screen.set_backdrop(Backdrop::Unreachable);
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    /// Shows this code until it is accepted, or dead.
    async fn wait_for_admin(&self, answer: &EnrolAnswer) -> Option<LinkedSite> {
        self.parts.screen.set_backdrop(Backdrop::Pairing(Pairing {
            code: answer.code.to_string(),
            words: answer.words.clone(),
            qr: qr::of(&answer.link),
        }));
        fault::reach("enrolment-shown");
        let poll = EnrolPoll {
            poll_secret: answer.poll_secret.clone(),
        };
        let said = Duration::from_secs(answer.interval_s);
        let interval = self.parts.pace.pairing.unwrap_or(said).max(FASTEST);
        let dead = Instant::now() + Duration::from_secs(answer.expires_in_s);
        let mut backoff = Backoff::new(self.parts.pace.retry);
        let mut wait = interval;
        while Instant::now() < dead {
            sleep(wait).await;
            wait = interval;
            match self.parts.client.poll_enrolment(&poll).await {
                Ok(EnrolStatus::Pending) => backoff.reset(),
                Ok(EnrolStatus::Expired) => return None,
                Ok(EnrolStatus::Accepted { site_id, site_name }) => {
                    fault::reach("enrolment-accepted");
                    tracing::info!(site.id = %site_id, "this screen is linked");
                    return Some(LinkedSite { site_id, site_name });
                }
                Err(error) => {
                    tracing::warn!(%error, "the server did not say whether the code was typed");
                    wait = interval.max(backoff.after(&error));
                }
            }
        }
        None
    }
}
