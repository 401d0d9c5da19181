use std::collections::HashMap;

use api::event::Event;
use api::id::SiteId;
use parking_lot::Mutex;
use tokio::sync::{broadcast, watch};

/// Events kept for who reads slowly; who is further behind reads everything anew.
const KEPT: usize = 4_096;

/// Listeners of this process.
#[derive(Debug)]
pub(crate) struct Local {
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
}

impl Default for Local {
    fn default() -> Self {
        Self {
            run: rand::random(),
            last: Mutex::default(),
            everything: broadcast::Sender::new(KEPT),
            states: Mutex::default(),
        }
    }
}

impl Local {
    pub(super) fn publish(&self, event: Event) {
        if let Event::StateChanged { site } = event {
            self.tell_player(site);
        }
        // Held while it is sent: numbers leave in their order.
        let mut last = self.last.lock();
        *last += 1;
        let heard = Heard {
            position: self.name(*last),
            event,
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

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Heard> {
        self.everything.subscribe()
    }

    pub(super) fn subscribe_to_state(&self, site: SiteId) -> watch::Receiver<()> {
        let mut states = self.states.lock();
        let listeners = states.entry(site);
        listeners
            .or_insert_with(|| watch::Sender::new(()))
            .subscribe()
    }

    pub(super) fn position(&self) -> String {
        self.name(*self.last.lock())
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
        let bus = Local::default();
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
