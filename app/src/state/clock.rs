//! The reader's clock. Nothing before the page lives, so that the server's markup and the
//! browser's first one are equal; then it ticks and relative times follow.

use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::browser;

/// Relative times change about this often.
const TICK: Duration = Duration::from_secs(10);

/// The reader's clock.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<Option<DateTime<Utc>>>);

impl Clock {
    /// The time, once the page lives.
    pub fn now(self) -> Option<DateTime<Utc>> {
        self.0.get()
    }
}

/// Starts the clock when the page lives.
pub fn provide_clock() {
    let now = RwSignal::new(None);
    provide_context(Clock(now));
    Effect::new(move || {
        // After what is taken over later, which is still what the server drew.
        set_timeout(move || now.set(browser::now()), Duration::ZERO);
        let tick = set_interval_with_handle(move || now.set(browser::now()), TICK);
        on_cleanup(move || {
            if let Ok(tick) = tick {
                tick.clear();
            }
        });
    });
}

/// The reader's clock; one that stands where nobody provides it.
pub fn use_clock() -> Clock {
    use_context().unwrap_or_else(|| Clock(RwSignal::new(None)))
}
