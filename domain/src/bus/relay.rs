//! Carries what is told here to the other instances, and what they tell to who listens here.
//!
//! A line that broke may have lost something: everybody is told to read everything. An instance that
//! hears no other says nothing but a sign of life: hosts count what a Redis is asked.

use std::sync::Arc;
use std::time::Duration;

use api::event::Event;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior};

use super::{Bus, Heard, Origin};
use crate::Domain;
use crate::redis::{Ear, Redis, Said};

/// Where instances talk.
pub(crate) const CHANNEL: &str = "events";
/// Between two signs of life.
const SIGN: Duration = Duration::from_secs(30);
/// Who is not heard for so long is not there: two signs may be lost.
const GONE: Duration = Duration::from_secs(75);

/// What one instance says to the others.
#[derive(Debug, Deserialize, Serialize)]
struct Word {
    /// Which run of a process says it.
    from: u32,
    /// Nothing: a sign of life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
}

/// When words were heard.
struct Company {
    /// Of another instance. At the start as if just now: one that is there may say its next word late.
    others: Mutex<Instant>,
    /// Of this one, back from Redis.
    echo: Mutex<Instant>,
}

/// Carries for ever.
pub(crate) async fn run(domain: Domain, mut ear: Ear) {
    let Some(redis) = &domain.inner.redis else {
        return;
    };
    let now = Instant::now();
    let company = Arc::new(Company {
        others: Mutex::new(now),
        echo: Mutex::new(now),
    });
    tokio::join!(
        tell(&domain.inner.bus, redis, &company),
        hear(&domain, &mut ear, &company)
    );
}

async fn tell(bus: &Bus, redis: &Redis, company: &Company) {
    let mut heard = bus.subscribe();
    let mut signs = tokio::time::interval(SIGN);
    signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The others missed something: they are told before anything else.
    let mut owed = false;
    loop {
        let event = tokio::select! {
            _ = signs.tick() => {
                company.listen_again_when_deaf(redis).await;
                None
            }
            told = told_here(&mut heard) => match told {
                Some(event) => Some(event),
                None => return,
            },
        };
        if event.is_some() && company.others.lock().elapsed() > GONE {
            continue;
        }
        let event = if owed { Some(Event::Resync) } else { event };
        let from = bus.run();
        let said = match serde_json::to_string(&Word { from, event }) {
            Ok(text) => redis.say(CHANNEL, text).await.is_ok(),
            Err(_) => false,
        };
        owed = !said && (owed || event.is_some());
    }
}

/// What is told in this process next.
async fn told_here(heard: &mut Receiver<Heard>) -> Option<Event> {
    loop {
        match heard.recv().await {
            Ok(heard) if heard.origin == Origin::Here => return Some(heard.event),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return Some(Event::Resync),
            Err(RecvError::Closed) => return None,
        }
    }
}

async fn hear(domain: &Domain, ear: &mut Ear, company: &Company) {
    loop {
        let said = ear.hear().await;
        if said.is_empty() {
            return;
        }
        let events = company.understood(&said, domain.inner.bus.run());
        if events.iter().copied().any(makes_stale) {
            // What this instance remembers must not answer who hears of the change.
            if let Err(error) = domain.inner.changes.refresh(&domain.inner.database).await {
                tracing::warn!(%error, "changes could not be read");
            }
        }
        for event in events {
            if let Event::SiteChanged { site } = event {
                // Found silent there, perhaps: its next report is news here too.
                domain.inner.reports.forget(site);
            }
            domain.inner.bus.pass_on(event, Origin::Elsewhere);
        }
    }
}

/// Whether something remembered may be old because of it.
fn makes_stale(event: Event) -> bool {
    !matches!(
        event,
        Event::SiteReported { .. }
            | Event::PlaysStored { .. }
            | Event::AlertsChanged
            | Event::StorageChanged
    )
}

impl Company {
    /// What the others told.
    fn understood(&self, said: &[Said], own: u32) -> Vec<Event> {
        let event = |said: &Said| match said {
            Said::Gap => Some(Event::Resync),
            Said::Text(text) => {
                let word: Word = serde_json::from_str(text).ok()?;
                let heard = if word.from == own {
                    &self.echo
                } else {
                    &self.others
                };
                *heard.lock() = Instant::now();
                word.event.filter(|_| word.from != own)
            }
        };
        said.iter().filter_map(event).collect()
    }

    /// A line may be dead without having broken: then not even the own words come back.
    async fn listen_again_when_deaf(&self, redis: &Redis) {
        let is_deaf = self.echo.lock().elapsed() > GONE;
        if is_deaf && redis.answers() {
            *self.echo.lock() = Instant::now();
            redis.listen_anew().await;
        }
    }
}
