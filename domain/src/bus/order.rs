use std::collections::HashMap;

use api::event::Event;
use api::id::SiteId;
use parking_lot::Mutex;
use tokio::sync::{broadcast, watch};

/// Events kept for who reads slowly; who is further behind reads everything anew.
const KEPT: usize = 4_096;

/// The way from who changes something to who listens, within this process.
#[derive(Debug)]
pub(crate) struct Bus {
    /// Tells this run of the process from others: its numbers mean nothing elsewhere.
    run: u32,
    last: Mutex<u64>,
    everything: broadcast::Sender<Heard>,
    states: Mutex<HashMap<SiteId, watch::Sender<()>>>,
}

/// An event with its place in the order of this process.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// Names the place.
    pub(crate) position: String,
    pub(crate) event: Event,
    pub(crate) origin: Origin,
}

/// Where something changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Origin {
    /// In this process.
    Here,
    /// In another one: it told everybody itself.
    Elsewhere,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            run: rand::random(),
            last: Mutex::default(),
            everything: broadcast::Sender::new(KEPT),
            states: Mutex::default(),
        }
    }
}

impl Bus {
    /// Tells everybody who listens now. Call it after the commit.
    pub(crate) fn publish(&self, event: Event) {
        self.pass_on(event, Origin::Here);
    }

    /// Tells everybody who listens in this process.
    pub(super) fn pass_on(&self, event: Event, origin: Origin) {
        match event {
            Event::StateChanged { site } => self.tell_player(site),
            Event::Resync => self.tell_players(),
            _ => {}
        }
        // Held while it is sent: numbers leave in their order.
        let mut last = self.last.lock();
        *last += 1;
        let heard = Heard {
            position: self.name(*last),
            event,
            origin,
        };
        // Nobody listens: nobody misses it.
        let _ = self.everything.send(heard);
    }

    fn tell_player(&self, site: SiteId) {
        let mut states = self.states.lock();
        let gone = states
            .get(&site)
            .is_some_and(|listeners| listeners.send(()).is_err());
        if gone {
            states.remove(&site);
        }
    }

    fn tell_players(&self) {
        self.states
            .lock()
            .retain(|_, listeners| listeners.send(()).is_ok());
    }

    /// Everything from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Heard> {
        self.everything.subscribe()
    }

    /// What is told of the desired state of one site, from now on: players are many, and each
    /// wakes for itself only.
    pub(crate) fn subscribe_to_state(&self, site: SiteId) -> watch::Receiver<()> {
        let mut states = self.states.lock();
        let listeners = states.entry(site);
        listeners
            .or_insert_with(|| watch::Sender::new(()))
            .subscribe()
    }

    /// Names the last event that this process passed on.
    pub(crate) fn position(&self) -> String {
        self.name(*self.last.lock())
    }

    /// Names this run of the process.
    pub(super) fn run(&self) -> u32 {
        self.run
    }

    fn name(&self, number: u64) -> String {
        format!("{:08x}-{number}", self.run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_player_hears_of_its_own_state_only() {
        let bus = Bus::default();
        let (ours, theirs) = (SiteId::new(), SiteId::new());
        let mut state = bus.subscribe_to_state(ours);
        let mut everything = bus.subscribe();
        bus.publish(Event::StateChanged { site: theirs });
        bus.publish(Event::SiteReported { site: ours });
        assert!(!state.has_changed().unwrap());
        bus.publish(Event::StateChanged { site: ours });
        state.changed().await.unwrap();
        let mut positions = Vec::new();
        for _ in 0..3 {
            positions.push(everything.recv().await.unwrap().position);
        }
        assert_eq!(positions.last(), Some(&bus.position()));
        positions.dedup();
        assert_eq!(positions.len(), 3);
    }
}
