//! Data that changes in place while somebody looks.

use std::time::Duration;

use api::error::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;

/// Live data is asked for this often.
pub const PERIOD: Duration = Duration::from_secs(5);

/// Starts with `first` and follows `fetch` every [`PERIOD`] while the tab is visible.
/// A failed question changes nothing: the next one may succeed.
pub fn follow<T, F, A>(first: T, fetch: F) -> RwSignal<T>
where
    T: PartialEq + Send + Sync + 'static,
    F: Fn() -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Result<T, ApiError>> + 'static,
{
    let value = RwSignal::new(first);
    every(PERIOD, move || {
        let answer = fetch();
        spawn_local(async move {
            // The page may be gone when the answer comes.
            if let Ok(new) = answer.await
                && value.try_with_untracked(|old| *old != new) == Some(true)
            {
                value.try_set(new);
            }
        });
    });
    value
}

/// Calls `step` every `period` while the tab is visible, until the caller's owner ends.
pub fn every(period: Duration, step: impl Fn() + Clone + Send + Sync + 'static) {
    Effect::new(move || {
        let step = step.clone();
        let interval = set_interval_with_handle(
            move || {
                if browser::is_visible() {
                    step();
                }
            },
            period,
        );
        on_cleanup(move || {
            if let Ok(interval) = interval {
                interval.clear();
            }
        });
    });
}
