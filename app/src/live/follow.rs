use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use api::event::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::line::use_live;
use crate::browser;

/// Asked at once when something changed, then at most this often.
const PAUSE: Duration = Duration::from_secs(3);

/// Keeps `value` as `fetch` gives it: asks anew when an event `concerns` it.
pub fn follow<T, F, A>(
    value: RwSignal<T>,
    fetch: F,
    concerns: impl Fn(Event) -> bool + Send + Sync + 'static,
) where
    T: PartialEq + Send + Sync + 'static,
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, ApiError>> + 'static,
{
    heed(concerns, move || {
        let answer = fetch();
        async move {
            renew(value, answer.await?);
            Ok(())
        }
    });
}

/// Keeps `value` as `fetch` gives it, asked every `period` while somebody looks.
pub fn every<T, F, A>(period: Duration, value: RwSignal<T>, fetch: F)
where
    T: PartialEq + Send + Sync + 'static,
    F: Fn() -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Result<T, ApiError>> + 'static,
{
    Effect::new(move || {
        let fetch = fetch.clone();
        let step = move || {
            if browser::is_visible() {
                let answer = fetch();
                spawn_local(async move {
                    if let Ok(new) = answer.await {
                        renew(value, new);
                    }
                });
            }
        };
        let interval = set_interval_with_handle(step, period);
        on_cleanup(move || {
            if let Ok(interval) = interval {
                interval.clear();
            }
        });
    });
}

/// What is equal is not drawn again. The page may be gone when the answer comes.
fn renew<T: PartialEq + Send + Sync + 'static>(value: RwSignal<T>, new: T) {
    if value.try_with_untracked(|old| *old != new) == Some(true) {
        value.try_set(new);
    }
}

/// Does `step` when an event `concerns` it and somebody looks, until the caller's owner ends.
fn heed<A>(
    concerns: impl Fn(Event) -> bool + Send + Sync + 'static,
    step: impl Fn() -> A + Send + Sync + 'static,
) where
    A: Future<Output = Result<(), ApiError>> + 'static,
{
    let Some(live) = use_live() else {
        return;
    };
    let turn = Turn {
        state: StoredValue::new(State::Ready),
        step: Callback::new(move |turn: Turn| {
            let step = step();
            spawn_local(async move {
                let outcome = step.await;
                turn.pause(outcome);
            });
        }),
    };
    live.listen(Callback::new(move |event| {
        if (event == Event::Resync || concerns(event)) && browser::is_visible() {
            turn.begin();
        }
    }));
}

/// One question at a time, with a pause after each.
#[derive(Clone, Copy)]
struct Turn {
    state: StoredValue<State>,
    step: Callback<Turn>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum State {
    Ready,
    /// A question is under way, or was a moment ago.
    Busy,
    /// The same, and something changed since, or nobody answered.
    Again,
}

impl Turn {
    fn begin(self) {
        match self.state.try_get_value() {
            Some(State::Ready) => {
                self.state.set_value(State::Busy);
                self.step.run(self);
            }
            Some(State::Busy) => self.state.set_value(State::Again),
            Some(State::Again) | None => {}
        }
    }

    fn pause(self, outcome: Result<(), ApiError>) {
        match outcome.map_err(|error| error.code) {
            // The session ended meanwhile.
            Err(ErrorCode::Unauthenticated) => {
                browser::leave_for(&format!("/login?next={}", browser::here_encoded()));
            }
            // What happened is not told twice: ask until somebody answers.
            Err(ErrorCode::Transport | ErrorCode::Unavailable | ErrorCode::Overloaded) => {
                self.state.try_set_value(State::Again);
            }
            _ => {}
        }
        set_timeout(
            move || {
                let before = self.state.try_get_value();
                self.state.try_set_value(State::Ready);
                if before == Some(State::Again) && browser::is_visible() {
                    self.begin();
                }
            },
            PAUSE,
        );
    }
}
