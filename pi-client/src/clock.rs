//! The time of plays: counted from the start of the process, put right by the server.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use api::play::Clock as Knowledge;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::interval;

use crate::screen::Screen;

/// How often the file of the time service is looked for.
const LOOK: Duration = Duration::from_secs(30);

/// Below this, a difference is the network's, not the clock's.
const NOISE: TimeDelta = TimeDelta::seconds(1);

/// No player ran before this day: 20 November 2026.
const FIRST_DAY: DateTime<Utc> = DateTime::from_timestamp_nanos(1_795_132_800_000_000_000);

/// A wall clock that never jumps by itself: a machine without a battery starts in the past,
/// and somebody may set its time while it runs.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    started_at: DateTime<Utc>,
    /// The true time of the start is not before this.
    not_before: DateTime<Utc>,
    knowledge: Knowledge,
}

impl Clock {
    /// A clock that believes the machine until it hears better; but not that time ran backwards:
    /// `passed` is a time that an earlier run knows to have passed.
    pub(crate) fn start(
        now: Instant,
        machine: DateTime<Utc>,
        passed: Option<DateTime<Utc>>,
    ) -> Self {
        let not_before = passed.unwrap_or(FIRST_DAY).max(FIRST_DAY);
        Self {
            started: now,
            started_at: machine.max(not_before),
            not_before,
            knowledge: Knowledge::Unsynced,
        }
    }

    /// When this run started, as far as it is known.
    pub(crate) fn started_at(&self) -> DateTime<Utc> {
        self.started_at
    }

    /// A time that has passed for certain, whatever the machine's clock says.
    pub(crate) fn passed(&self, now: Instant) -> DateTime<Utc> {
        let since = match self.knowledge {
            Knowledge::Synced => self.started_at,
            Knowledge::Unsynced => self.not_before,
        };
        self.after(since, now)
    }

    /// The time at this moment, whole to the millisecond as it is kept everywhere.
    pub(crate) fn at(&self, now: Instant) -> DateTime<Utc> {
        self.after(self.started_at, now)
    }

    fn after(&self, start: DateTime<Utc>, now: Instant) -> DateTime<Utc> {
        let passed = now.saturating_duration_since(self.started);
        let passed = TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
        let time = start.checked_add_signed(passed);
        let time = time.unwrap_or(DateTime::<Utc>::MAX_UTC);
        DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
    }

    /// What this run knows of the time.
    pub(crate) fn knowledge(&self) -> Knowledge {
        self.knowledge
    }

    /// The server, or a server of time, said what time it is. The first time, returns how far the guess was off:
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

/// Believes the machine as soon as it met a server of time: `ntp` is there from then on.
pub(crate) async fn listen(screen: Screen, ntp: PathBuf) {
    let mut looks = interval(LOOK);
    loop {
        looks.tick().await;
        if screen.knowledge() == Knowledge::Unsynced && ntp.exists() {
            screen.hear_machine().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use api::play::Clock as Knowledge;
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{Clock, FIRST_DAY};

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_machine_without_a_battery_is_put_right_by_the_server() {
        let start = Instant::now();
        let mut clock = Clock::start(start, time("1970-01-01T00:00:10Z"), None);
        let later = start + Duration::from_secs(5);
        assert_eq!(clock.at(later), FIRST_DAY + TimeDelta::seconds(5));
        assert_eq!(clock.knowledge(), Knowledge::Unsynced);

        let shift = clock.hear(later, time("2026-11-22T10:00:15Z")).unwrap();
        assert_eq!(clock.at(start), time("2026-11-22T10:00:10Z"));
        assert_eq!(FIRST_DAY + shift, time("2026-11-22T10:00:10Z"));
        assert_eq!(clock.knowledge(), Knowledge::Synced);
    }

    #[test]
    fn time_goes_on_from_run_to_run_whatever_the_machine_says() {
        let start = Instant::now();
        let later = start + Duration::from_hours(1);
        let known = Some(time("2026-12-01T20:00:00Z"));
        let behind = Clock::start(start, time("1970-01-01T00:00:10Z"), known);
        assert_eq!(behind.at(later), time("2026-12-01T21:00:00Z"));
        assert_eq!(behind.passed(later), behind.at(later));

        let ahead = Clock::start(start, time("2090-01-01T00:00:00Z"), known);
        assert_eq!(ahead.at(later), time("2090-01-01T01:00:00Z"));
        assert_eq!(ahead.passed(later), time("2026-12-01T21:00:00Z"));
    }

    #[test]
    fn noise_is_ignored_and_drift_is_followed_without_moving_what_was_noted() {
        let start = Instant::now();
        let mut clock = Clock::start(start, time("2026-11-22T10:00:00Z"), None);
        let noise = clock.hear(start, time("2026-11-22T10:00:00.4Z"));
        assert_eq!(noise, Some(TimeDelta::zero()));
        assert_eq!(clock.at(start), time("2026-11-22T10:00:00Z"));
        assert_eq!(clock.hear(start, time("2026-11-22T10:00:02Z")), None);
        assert_eq!(clock.at(start), time("2026-11-22T10:00:02Z"));
    }
}
