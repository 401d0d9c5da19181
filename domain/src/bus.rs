//! Tells who listens that something changed: ids only, at most once, in no order. Who hears of a
//! change reads it anew; who missed some is told to read everything.

mod local;

use api::event::Event;
use api::id::SiteId;
use tokio::sync::{broadcast, watch};

pub(crate) use local::{Heard, Local};

/// The way from who changes something to who listens.
#[derive(Debug)]
pub(crate) enum Bus {
    /// Within this process.
    Local(Local),
}

impl Bus {
    /// Tells everybody who listens now. Call it after the commit.
    pub(crate) fn publish(&self, event: Event) {
        match self {
            Self::Local(local) => local.publish(event),
        }
    }

    /// Everything from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Heard> {
        match self {
            Self::Local(local) => local.subscribe(),
        }
    }

    /// What is told of the desired state of one site, from now on: players are many, and each
    /// wakes for itself only.
    pub(crate) fn subscribe_to_state(&self, site: SiteId) -> watch::Receiver<()> {
        match self {
            Self::Local(local) => local.subscribe_to_state(site),
        }
    }

    /// Names the last event that this process passed on.
    pub(crate) fn position(&self) -> String {
        match self {
            Self::Local(local) => local.position(),
        }
    }
}
