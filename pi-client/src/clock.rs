//! The time of plays: counted from the start of the process, put right by the server.

use std::time::Instant;

use api::play::Clock as Knowledge;
use chrono::{DateTime, TimeDelta, Utc};

/// Below this, a difference is the network's, not the clock's.
const NOISE: TimeDelta = TimeDelta::seconds(1);

/// A wall clock that never jumps by itself: a machine without a battery starts in the past,
/// and somebody may set its time while it runs.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    started_at: DateTime<Utc>,
    knowledge: Knowledge,
}

impl Clock {
    /// A clock that believes the machine until it hears better.
    pub(crate) fn start(now: Instant, machine: DateTime<Utc>) -> Self {
        Self {
            started: now,
            started_at: machine,
            knowledge: Knowledge::Unsynced,
        }
    }

    /// The time at this moment, whole to the millisecond as it is kept everywhere.
    pub(crate) fn at(&self, now: Instant) -> DateTime<Utc> {
        let passed = now.saturating_duration_since(self.started);
        let passed = TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
        let time = self.started_at.checked_add_signed(passed);
        let time = time.unwrap_or(DateTime::<Utc>::MAX_UTC);
        DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
    }

    /// What this run knows of the time.
    pub(crate) fn knowledge(&self) -> Knowledge {
        self.knowledge
    }

    /// The server said what time it is. The first time, returns how far the guess was off:
    /// what this run noted before is to be moved by as much.
    pub(crate) fn hear(&mut self, now: Instant, server: DateTime<Utc>) -> Option<TimeDelta> {
        let shift = server - self.at(now);
        let first = self.knowledge == Knowledge::Unsynced;
        self.knowledge = Knowledge::Synced;
        if shift.abs() >= NOISE {
            self.started_at += shift;
            return first.then_some(shift);
        }
        first.then_some(TimeDelta::zero())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use api::play::Clock as Knowledge;
    use chrono::{DateTime, TimeDelta, Utc};

    use super::Clock;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_machine_without_a_battery_is_put_right_by_the_server() {
        let start = Instant::now();
        let mut clock = Clock::start(start, time("1970-01-01T00:00:10Z"));
        let later = start + Duration::from_secs(5);
        assert_eq!(clock.at(later), time("1970-01-01T00:00:15Z"));
        assert_eq!(clock.knowledge(), Knowledge::Unsynced);

        let shift = clock.hear(later, time("2026-11-22T10:00:15Z")).unwrap();
        assert_eq!(clock.at(start), time("2026-11-22T10:00:10Z"));
        assert_eq!(
            time("1970-01-01T00:00:15Z") + shift,
            time("2026-11-22T10:00:15Z")
        );
        assert_eq!(clock.knowledge(), Knowledge::Synced);
    }

    #[test]
    fn noise_is_ignored_and_drift_is_followed_without_moving_what_was_noted() {
        let start = Instant::now();
        let mut clock = Clock::start(start, time("2026-11-22T10:00:00Z"));
        let noise = clock.hear(start, time("2026-11-22T10:00:00.4Z"));
        assert_eq!(noise, Some(TimeDelta::zero()));
        assert_eq!(clock.at(start), time("2026-11-22T10:00:00Z"));
        assert_eq!(clock.hear(start, time("2026-11-22T10:00:02Z")), None);
        assert_eq!(clock.at(start), time("2026-11-22T10:00:02Z"));
    }
}
