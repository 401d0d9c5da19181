use std::time::Duration;

use api::event::Event;
use api::path;
use leptos::prelude::*;

use crate::browser::{self, Line, Sound};

/// A line on which nothing was heard for this long is lost: the server gives a sign every 20 s.
const SILENCE_MS: f64 = 45_000.0;
/// Time between two looks at that.
const WATCH: Duration = Duration::from_secs(10);
/// Waits between tries double up to this many seconds.
const LONGEST_S: u32 = 30;

/// What the pages of a tab hear of the server.
#[derive(Clone, Copy)]
pub struct Live {
    line: StoredValue<Option<Line>>,
    /// Whether the line is lost.
    lost: RwSignal<bool>,
    /// Tries since it was good, and when something was heard last.
    tries: StoredValue<u32>,
    heard_ms: StoredValue<f64>,
    /// The next try.
    again: StoredValue<Option<TimeoutHandle>>,
    listeners: StoredValue<Vec<(u32, Callback<Event>)>>,
    count: StoredValue<u32>,
}

/// Opens the line when the page lives. Belongs in the view of the parent route.
pub fn provide_live() {
    let live = Live {
        line: StoredValue::new(None),
        lost: RwSignal::new(false),
        tries: StoredValue::new(0),
        heard_ms: StoredValue::new(0.0),
        again: StoredValue::new(None),
        listeners: StoredValue::new(Vec::new()),
        count: StoredValue::new(0),
    };
    provide_context(live);
    Effect::new(move || {
        live.open();
        let watch = set_interval_with_handle(move || live.watch(), WATCH);
        let seen = browser::on_visibility(move |seen| if seen { live.open() } else { live.rest() });
        // A line may seem good long after the network went; no pause outlasts its return.
        let network =
            browser::on_network(move |there| if there { live.open() } else { live.cut() });
        on_cleanup(move || {
            seen.remove();
            for listener in network {
                listener.remove();
            }
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
    });
}

/// The line of this tab, if there is one.
pub(super) fn use_live() -> Option<Live> {
    use_context()
}

impl Live {
    /// Whether the pages are as old as the last look.
    pub(super) fn is_lost(self) -> bool {
        self.lost.get()
    }

    /// Calls `listener` with every event, until the caller's owner ends.
    pub(super) fn listen(self, listener: Callback<Event>) {
        let id = self.count.with_value(|count| count + 1);
        self.count.set_value(id);
        self.listeners
            .update_value(|listeners| listeners.push((id, listener)));
        on_cleanup(move || {
            self.listeners
                .try_update_value(|listeners| listeners.retain(|(known, _)| *known != id));
        });
    }

    /// Begins anew: the server's first word is that something may have changed.
    fn open(self) {
        self.rest();
        if !browser::is_visible() {
            return;
        }
        self.heard_ms.set_value(browser::now_ms());
        self.line
            .set_value(Line::open(path::EVENTS, move |sound| self.hear(sound)));
    }

    /// Has no line, and does not try. A browser has few lines to one server for all its tabs: one
    /// that nobody sees must not take them.
    fn rest(self) {
        if let Some(Some(again)) = self.again.try_update_value(Option::take) {
            again.clear();
        }
        self.line.try_set_value(None);
    }

    fn hear(self, sound: Sound) {
        let event = match sound {
            Sound::Lost => return self.lose(),
            Sound::Ping => None,
            Sound::Message(text) => serde_json::from_slice(text.as_bytes()).ok(),
        };
        self.heard_ms.try_set_value(browser::now_ms());
        self.tries.try_set_value(0);
        if self.lost.try_get_untracked() == Some(true) {
            self.lost.set(false);
        }
        if let Some(event) = event {
            self.tell(event);
        }
    }

    fn tell(self, event: Event) {
        let listeners = self.listeners.try_get_value().unwrap_or_default();
        for (_, listener) in listeners {
            listener.run(event);
        }
    }

    /// Tries again, later each time. Where no line holds, the pages at least ask at each try.
    fn lose(self) {
        let Some(tries) = self.tries.try_get_value() else {
            return;
        };
        self.tries.set_value(tries + 1);
        if tries > 0 {
            self.lost.set(true);
            self.tell(Event::Resync);
        }
        let again = move || {
            if self.tries.try_get_value().is_some() {
                self.open();
            }
        };
        let again = set_timeout_with_handle(again, wait(tries, browser::chance()));
        self.again.set_value(again.ok());
    }

    /// A line may die without a sound: asleep, or cut off in between.
    fn watch(self) {
        let silent = browser::now_ms() - self.heard_ms.get_value() > SILENCE_MS;
        if silent {
            self.cut();
        }
    }

    /// The line is as good as lost.
    fn cut(self) {
        self.rest();
        if browser::is_visible() {
            self.heard_ms.set_value(browser::now_ms());
            self.tries.update_value(|tries| *tries = (*tries).max(1));
            self.lose();
        }
    }
}

/// Tabs that lost their lines together do not come back together. `chance` lies between 0 and 1.
fn wait(tries: u32, chance: f64) -> Duration {
    let longest = 2_u32.saturating_pow(tries).min(LONGEST_S);
    Duration::from_secs_f64(f64::from(longest) * (0.5 + chance / 2.0))
}

#[cfg(test)]
mod tests {
    use super::wait;

    #[test]
    fn tries_get_rarer_and_never_meet() {
        let longest: Vec<u64> = (0..8).map(|tries| wait(tries, 1.0).as_secs()).collect();
        assert_eq!(longest, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(wait(5, 0.0).as_secs(), 15);
    }
}
