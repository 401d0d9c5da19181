//! Following what changes, as long as one may.

mod person;
mod player;

use std::time::Duration;

use api::event::Event;
use api::permission::Permission;
use futures::{Stream, stream};
use secrecy::SecretString;
use tokio::time::{Instant, Interval, MissedTickBehavior};

use crate::{Actor, Domain, Result};

use person::Person;
use player::Player;

/// A sign of life is sent this often, so that neither side waits on a dead line.
const PING: Duration = Duration::from_secs(20);
/// Whether one still may is looked at this often.
const CHECK: Duration = Duration::from_secs(2);

/// Following what changes.
pub struct Events<'a>(pub(crate) &'a Domain);

/// What a follower is sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Frame {
    /// Something changed.
    Event {
        /// Names the place in the order of events; said again when the line was lost.
        position: String,
        /// What.
        event: Event,
    },
    /// Nothing did: a sign of life.
    Ping {
        /// See [`Frame::Event`].
        position: String,
    },
}

impl Events<'_> {
    /// Everything that a person may hear of, until the session behind `token` ends. Begins with
    /// [`Event::Resync`] unless nothing happened since `last`, the position of the last frame of
    /// an earlier following.
    pub fn follow(
        &self,
        actor: &Actor,
        token: SecretString,
        last: Option<&str>,
    ) -> Result<impl Stream<Item = Frame> + Send + 'static + use<>> {
        actor.require(Permission::ViewSites)?;
        let person = Person::new(self.0.clone(), actor.clone(), token, last);
        Ok(stream::unfold(person, async |mut person| {
            let frame = person.next().await?;
            Some((frame, person))
        }))
    }

    /// Tells a player when its desired state changed, until `token` ends.
    pub fn follow_state(
        &self,
        actor: &Actor,
        token: SecretString,
    ) -> Result<impl Stream<Item = Frame> + Send + 'static + use<>> {
        actor.require(Permission::RunSite)?;
        let player = Player::new(self.0.clone(), actor.site()?, token);
        Ok(stream::unfold(player, async |mut player| {
            let frame = player.next().await?;
            Some((frame, player))
        }))
    }

    /// Ends every following: the server stops, and open streams must not hold it.
    pub fn close(&self) {
        self.0.inner.followers.cancel();
    }
}

/// Ticks from one period after now on.
fn every(period: Duration) -> Interval {
    let mut ticks = tokio::time::interval_at(Instant::now() + period, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
