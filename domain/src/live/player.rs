use api::event::Event;
use api::id::SiteId;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;
use tokio::time::Interval;

use super::{CHECK, Frame, PING};
use crate::Domain;

/// A player that follows its own desired state.
pub(super) struct Player {
    domain: Domain,
    site: SiteId,
    token: SecretString,
    state: watch::Receiver<()>,
    checks: Interval,
    pings: Interval,
}

impl Player {
    pub(super) fn new(domain: Domain, site: SiteId, token: SecretString) -> Self {
        Self {
            state: domain.inner.bus.subscribe_to_state(site),
            site,
            token,
            checks: super::every(CHECK),
            pings: super::every(PING),
            domain,
        }
    }

    /// The next frame, as soon as there is one; none when it is over.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        let closed = self.domain.inner.followers.clone();
        loop {
            tokio::select! {
                biased;
                () = closed.cancelled() => return None,
                _ = self.checks.tick() => self.check().await?,
                _ = self.pings.tick() => {
                    let position = self.domain.inner.bus.position();
                    return Some(Frame::Ping { position });
                }
                changed = self.state.changed() => {
                    changed.ok()?;
                    return Some(self.changed());
                }
            }
        }
    }

    /// Whether the token is still good: from memory, unless keys or sites changed.
    async fn check(&self) -> Option<()> {
        let token = self.token.expose_secret();
        self.domain.players().authenticate(token).await.ok()?;
        Some(())
    }

    fn changed(&self) -> Frame {
        Frame::Event {
            position: self.domain.inner.bus.position(),
            event: Event::StateChanged { site: self.site },
        }
    }
}
