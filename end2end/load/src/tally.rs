//! How long requests took, and which failed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::failure::Failure;

/// Shared by all players.
#[derive(Clone, Default)]
pub(crate) struct Tally(Arc<Mutex<BTreeMap<&'static str, Kind>>>);

#[derive(Default)]
struct Kind {
    took: Vec<Duration>,
    failures: Vec<String>,
}

/// What a kind of request came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Summary {
    pub(crate) kind: &'static str,
    pub(crate) answered: usize,
    pub(crate) p50: Duration,
    pub(crate) p95: Duration,
    pub(crate) p99: Duration,
    pub(crate) failed: usize,
    /// The first failure.
    pub(crate) example: Option<String>,
}

impl Tally {
    /// Awaits a request and notes how it went.
    pub(crate) async fn time<T>(
        &self,
        kind: &'static str,
        request: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let start = Instant::now();
        let outcome = request.await;
        self.note(kind, start.elapsed(), outcome.as_ref().err());
        outcome
    }

    fn note(&self, kind: &'static str, took: Duration, failure: Option<&Failure>) {
        let mut kinds = self.0.lock();
        let kind = kinds.entry(kind).or_default();
        match failure {
            None => kind.took.push(took),
            Some(failure) => kind.failures.push(failure.to_string()),
        }
    }

    /// Forgets everything so far.
    pub(crate) fn clear(&self) {
        self.0.lock().clear();
    }

    /// Every kind that occurred.
    pub(crate) fn summaries(&self) -> Vec<Summary> {
        let mut kinds = self.0.lock();
        kinds.iter_mut().map(summary).collect()
    }

    /// How many requests failed, with the first reason.
    pub(crate) fn failures(&self) -> (usize, Option<String>) {
        let summaries = self.summaries();
        let failed = summaries.iter().map(|kind| kind.failed).sum();
        let example = summaries.into_iter().find_map(|kind| {
            let example = kind.example?;
            Some(format!("{}: {example}", kind.kind))
        });
        (failed, example)
    }
}

fn summary((&name, kind): (&&'static str, &mut Kind)) -> Summary {
    kind.took.sort_unstable();
    let part = |percent: usize| {
        let at = kind.took.len() * percent / 100;
        let last = kind.took.len().saturating_sub(1);
        kind.took.get(at.min(last)).copied().unwrap_or_default()
    };
    Summary {
        kind: name,
        answered: kind.took.len(),
        p50: part(50),
        p95: part(95),
        p99: part(99),
        failed: kind.failures.len(),
        example: kind.failures.first().cloned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Tally;
    use crate::failure::Failure;

    #[test]
    fn a_tally_tells_the_middle_the_slow_and_the_failed() {
        let tally = Tally::default();
        for ms in (1..=100).rev() {
            tally.note("state", Duration::from_millis(ms), None);
        }
        tally.note("state", Duration::ZERO, Some(&Failure::unmet("away")));
        let summaries = tally.summaries();
        let [state] = summaries.as_slice() else {
            panic!("one kind: {summaries:?}");
        };
        assert_eq!((state.answered, state.failed), (100, 1));
        assert_eq!(state.p50, Duration::from_millis(51));
        assert_eq!(state.p95, Duration::from_millis(96));
        assert_eq!(state.p99, Duration::from_millis(100));
        assert_eq!(tally.failures(), (1, Some("state: away".to_owned())));
    }
}
