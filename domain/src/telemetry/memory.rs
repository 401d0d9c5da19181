use std::collections::HashMap;

use api::id::SiteId;
use api::limit::OFFLINE_AFTER;
use api::metrics::Metrics;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use parking_lot::Mutex;

use super::sums::Sums;
use super::{HOUR, QUARTER};

/// What was told and not written yet.
pub(crate) struct Memory {
    gathered: Mutex<Gathered>,
    /// What happened before is not known.
    started_at: DateTime<Utc>,
}

/// Figures to add to rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    /// By site and beginning of the quarter.
    pub(super) quarters: HashMap<(SiteId, DateTime<Utc>), Sums>,
    /// Milliseconds in which this server listened, by beginning of the hour.
    pub(super) listened: HashMap<DateTime<Utc>, i64>,
    /// Until when that is counted.
    listened_to: DateTime<Utc>,
}

impl Memory {
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        let gathered = Gathered {
            listened_to: now,
            ..Gathered::default()
        };
        Self {
            gathered: Mutex::new(gathered),
            started_at: now,
        }
    }

    /// A site reported.
    pub(crate) fn receive(&self, site: SiteId, at: DateTime<Utc>, metrics: &Metrics) {
        let mut gathered = self.gathered.lock();
        let sums = gathered.quarters.entry((site, begin(at, QUARTER)));
        sums.or_default().add(&Sums::of(metrics));
    }

    /// A site was heard of, whichever instance heard it before.
    pub(crate) fn hear(&self, site: SiteId, before: DateTime<Utc>, at: DateTime<Utc>) {
        let online_ms = match without_break(before, at) {
            0 => return,
            _ => (at - before.max(self.started_at)).num_milliseconds(),
        };
        let mut gathered = self.gathered.lock();
        let sums = gathered.quarters.entry((site, begin(at, QUARTER)));
        sums.or_default().online_ms += online_ms.max(0);
    }

    /// The servers listen at this moment; `counts` at one of them only.
    pub(crate) fn listen(&self, now: DateTime<Utc>, counts: bool) {
        self.gathered.lock().listen(now, counts);
    }

    /// Everything that is not written yet.
    pub(super) fn take(&self) -> Gathered {
        let mut gathered = self.gathered.lock();
        let rest = Gathered {
            listened_to: gathered.listened_to,
            ..Gathered::default()
        };
        std::mem::replace(&mut gathered, rest)
    }

    /// Could not be written.
    pub(super) fn put_back(&self, back: Gathered) {
        let mut gathered = self.gathered.lock();
        for (key, sums) in back.quarters {
            gathered.quarters.entry(key).or_default().add(&sums);
        }
        for (hour, milliseconds) in back.listened {
            *gathered.listened.entry(hour).or_default() += milliseconds;
        }
    }
}

impl Gathered {
    fn listen(&mut self, now: DateTime<Utc>, counts: bool) {
        let milliseconds = without_break(self.listened_to, now);
        if counts {
            *self.listened.entry(begin(now, HOUR)).or_default() += milliseconds;
        }
        self.listened_to = now;
    }
}

fn silence() -> TimeDelta {
    TimeDelta::from_std(OFFLINE_AFTER).unwrap_or(TimeDelta::MAX)
}

/// Milliseconds from one sign of life to the next; none when it was silent in between.
fn without_break(before: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let between = now - before;
    let is_silence = between > silence() || between < TimeDelta::zero();
    if is_silence {
        0
    } else {
        between.num_milliseconds()
    }
}

/// The beginning of the step that holds `at`.
pub(super) fn begin(at: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    at.duration_trunc(step).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_not_counted_as_being_there() {
        let start = DateTime::from_timestamp(1_795_284_000, 0).unwrap();
        let (memory, site) = (Memory::new(start), SiteId::new());
        let at = |second| start + TimeDelta::seconds(second);
        for (before, now) in [(-10, 5), (5, 15), (15, 30), (30, 100), (100, 115)] {
            memory.receive(site, at(now), &Metrics::default());
            memory.hear(site, at(before), at(now));
            memory.listen(at(now), true);
        }
        let gathered = memory.take();
        let quarters: Vec<_> = gathered.quarters.values().collect();
        assert_eq!((quarters.len(), quarters[0].online_ms), (1, 45_000));
        assert_eq!(gathered.listened.values().sum::<i64>(), 45_000);
        memory.put_back(gathered);
        assert_eq!(memory.take().quarters.len(), 1);
    }
}
