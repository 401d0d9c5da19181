use api::event::Event;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Interval;

use super::{CHECK, Frame, PING};
use crate::bus::Heard;
use crate::{Actor, Domain};

/// A signed-in person who follows everything.
pub(super) struct Person {
    domain: Domain,
    /// As it was at the last check.
    actor: Actor,
    token: SecretString,
    heard: broadcast::Receiver<Heard>,
    /// Some were missed before it began.
    behind: bool,
    checks: Interval,
    pings: Interval,
}

impl Person {
    pub(super) fn new(
        domain: Domain,
        actor: Actor,
        token: SecretString,
        last: Option<&str>,
    ) -> Self {
        let bus = &domain.inner.bus;
        let heard = bus.subscribe();
        Self {
            behind: last != Some(&bus.position()),
            heard,
            actor,
            token,
            checks: super::every(CHECK),
            pings: super::every(PING),
            domain,
        }
    }

    /// The next frame, as soon as there is one; none when it is over.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        if std::mem::take(&mut self.behind) {
            return Some(self.resync());
        }
        let closed = self.domain.inner.followers.clone();
        loop {
            tokio::select! {
                biased;
                () = closed.cancelled() => return None,
                _ = self.checks.tick() => self.check().await?,
                _ = self.pings.tick() => return Some(self.ping()),
                heard = self.heard.recv() => match heard {
                    Ok(heard) if self.may_hear(heard.event) => return Some(frame(heard)),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => return Some(self.resync()),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Who the session stands for now; none when it ended or cannot be looked up.
    async fn check(&mut self) -> Option<()> {
        let token = self.token.expose_secret();
        self.actor = self.domain.accounts().authenticate(token).await.ok()?;
        Some(())
    }

    fn may_hear(&self, event: Event) -> bool {
        let permission = event.permission();
        permission.is_none_or(|permission| self.actor.require(permission).is_ok())
    }

    fn resync(&self) -> Frame {
        Frame::Event {
            position: self.domain.inner.bus.position(),
            event: Event::Resync,
        }
    }

    fn ping(&self) -> Frame {
        Frame::Ping {
            position: self.domain.inner.bus.position(),
        }
    }
}

fn frame(heard: Heard) -> Frame {
    Frame::Event {
        position: heard.position,
        event: heard.event,
    }
}
