//! How long to wait after an error.

use std::time::Duration;

use rand::RngExt;

use super::ClientError;

/// Longest wait that the player chooses by itself.
const CEILING: Duration = Duration::from_mins(1);
/// Longest wait that a server can impose: a wrong header must not silence a TV for days.
const PATIENCE: Duration = Duration::from_hours(1);

/// Waits that double with each error in a row, with jitter: a fleet must not come back at once.
#[derive(Debug)]
pub(crate) struct Backoff {
    first: Duration,
    errors: u32,
}

impl Backoff {
    /// Starts with this wait.
    pub(crate) fn new(first: Duration) -> Self {
        Self { first, errors: 0 }
    }

    /// It works again.
    pub(crate) fn reset(&mut self) {
        self.errors = 0;
    }

    /// The wait after one more error: between half of the step and the step.
    pub(crate) fn next(&mut self) -> Duration {
        let factor = 2u32.saturating_pow(self.errors);
        self.errors = self.errors.saturating_add(1);
        let step = self.first.saturating_mul(factor).min(CEILING);
        step.mul_f64(rand::rng().random_range(0.5..=1.0))
    }

    /// The wait after this error; the server's own wish is kept.
    pub(crate) fn after(&mut self, error: &ClientError) -> Duration {
        self.next_or(error.retry_after().unwrap_or_default())
    }

    /// The wait after one more error, and at least what a server wished.
    pub(crate) fn next_or(&mut self, wished: Duration) -> Duration {
        self.next().max(wished.min(PATIENCE))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use api::error::ErrorCode;

    use super::{Backoff, CEILING};
    use crate::client::ClientError;

    #[test]
    fn waits_grow_to_a_ceiling_and_start_again_after_a_success() {
        let first = Duration::from_secs(2);
        let mut backoff = Backoff::new(first);
        for expected in [2, 4, 8, 16, 32, 60, 60] {
            let wait = backoff.next();
            let step = Duration::from_secs(expected);
            assert!(step / 2 <= wait && wait <= step, "{wait:?} of {step:?}");
        }
        for _ in 0..100 {
            assert!(backoff.next() <= CEILING);
        }
        backoff.reset();
        assert!(backoff.next() <= first);
    }

    #[test]
    fn the_server_may_ask_for_more_but_not_for_ever() {
        let refused = |seconds| ClientError::Refused {
            status: reqwest::StatusCode::TOO_MANY_REQUESTS,
            code: ErrorCode::TooManyRequests,
            retry_after: Some(Duration::from_secs(seconds)),
        };
        let mut backoff = Backoff::new(Duration::from_secs(1));
        assert_eq!(backoff.after(&refused(90)), Duration::from_secs(90));
        assert_eq!(backoff.after(&refused(u64::MAX)), Duration::from_hours(1));
    }
}
