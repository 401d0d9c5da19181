use std::collections::VecDeque;
use std::time::Duration;

/// A speed told earlier than this would jump about.
const SPEED_AFTER_MS: i64 = 700;
/// The speed is that of so many moments past.
const WINDOW_MS: i64 = 10_000;

/// How fast bytes go, over the last moments.
#[derive(Debug, Default)]
pub(super) struct Pace(VecDeque<(i64, u64)>);

impl Pace {
    /// Notes how many bytes were sent until now.
    pub(super) fn mark(&mut self, now_ms: i64, sent: u64) {
        self.0.push_back((now_ms, sent));
        while self
            .0
            .front()
            .is_some_and(|(at, _)| now_ms - at > WINDOW_MS)
        {
            self.0.pop_front();
        }
    }

    /// Bytes per second; none in the first moment.
    pub(super) fn speed(&self) -> Option<u64> {
        let ((from, before), (to, sent)) = (*self.0.front()?, *self.0.back()?);
        let elapsed = u64::try_from(to - from).unwrap_or(0);
        (to - from >= SPEED_AFTER_MS).then(|| sent.saturating_sub(before) * 1000 / elapsed)
    }
}

const SMALLEST: u64 = 256 * 1024;
const FIRST: u64 = 1024 * 1024;
/// A part that went faster than this may be followed by a larger one.
const QUICK_MS: i64 = 4_000;
/// A part that went slower than this should be followed by a smaller one.
const SLOW_MS: i64 = 20_000;

/// How many bytes go at once. A lost connection costs the part that was under way: on a bad line
/// parts must be small for any to arrive, on a good one large for speed.
#[derive(Debug)]
pub(super) struct PartSize(u64);

impl Default for PartSize {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl PartSize {
    /// Bytes of the next part, at most as many as the server takes.
    pub(super) fn next(&self, most: u64) -> u64 {
        self.0.min(most)
    }

    /// A part arrived after so long.
    pub(super) fn arrived(&mut self, took_ms: i64, most: u64) {
        if took_ms < QUICK_MS {
            self.0 = (self.0 * 2).min(most.max(SMALLEST));
        } else if took_ms > SLOW_MS {
            self.shrink();
        }
    }

    /// A part was lost.
    pub(super) fn shrink(&mut self) {
        self.0 = (self.0 / 2).max(SMALLEST);
    }
}

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// How long to wait before the next try, after `tries` that failed. `random` is from 0 up to 1:
/// after a restart of the server not everybody comes back at the same moment.
pub(super) fn delay(tries: u32, random: f64) -> Duration {
    let longer = SHORTEST.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1)));
    longer.min(LONGEST).mul_f64(0.5 + random / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{FIRST, Pace, PartSize, SMALLEST, delay};

    #[test]
    fn speed_is_that_of_the_last_moments() {
        let mut pace = Pace::default();
        pace.mark(0, 1_000_000);
        pace.mark(500, 1_100_000);
        assert_eq!(pace.speed(), None);
        pace.mark(1_000, 1_200_000);
        assert_eq!(pace.speed(), Some(200_000));
        pace.mark(60_000, 1_200_000);
        pace.mark(61_000, 1_200_050);
        assert_eq!(pace.speed(), Some(50));
    }

    #[test]
    fn parts_grow_on_a_good_line_and_shrink_on_a_bad_one() {
        let (mut size, most) = (PartSize::default(), 8 * FIRST);
        for _ in 0..9 {
            size.arrived(100, most);
        }
        assert_eq!(size.next(most), most);
        size.arrived(10_000, most);
        assert_eq!(size.next(most), most);
        size.arrived(30_000, most);
        size.shrink();
        assert_eq!(size.next(most), most / 4);
        for _ in 0..9 {
            size.shrink();
        }
        assert_eq!(size.next(most), SMALLEST);
        assert_eq!(size.next(1000), 1000);
    }

    #[test]
    fn tries_come_ever_later_up_to_half_a_minute() {
        assert_eq!(delay(1, 1.0).as_millis(), 1_000);
        assert_eq!(delay(1, 0.0).as_millis(), 500);
        assert_eq!(delay(3, 1.0).as_millis(), 4_000);
        assert_eq!(delay(99, 1.0).as_millis(), 30_000);
    }
}
