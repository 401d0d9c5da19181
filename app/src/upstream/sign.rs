//! Says when the server wakes up, and when it is newer than the page.

use std::time::Duration;

use leptos::prelude::*;
use leptos_i18n::td_string;
use send_wrapper::SendWrapper;

use crate::browser;
use crate::components::{Button, ButtonSize};
use crate::state::language::use_locale;
use crate::{WIRE, upstream};

/// The header that names what the server's functions are.
pub(super) const HEADER: &str = "neopro-wire";
/// A server that is awake answers sooner.
const PATIENCE: Duration = Duration::from_secs(4);

// Server functions are sent from where nothing can be handed to them but this.
thread_local! {
    static SIGN: std::cell::Cell<Option<Sign>> = const { std::cell::Cell::new(None) };
}

#[derive(Clone, Copy)]
struct Sign {
    /// Requests that wait longer than they should.
    late: RwSignal<u32>,
    /// Whether an answer came from a server of another build.
    is_other: RwSignal<bool>,
}

/// Begins to listen, for the life of the page.
pub fn provide_sign() {
    let sign = Sign {
        late: RwSignal::new(0),
        is_other: RwSignal::new(false),
    };
    provide_context(sign);
    if cfg!(target_family = "wasm") {
        SIGN.set(Some(sign));
    }
}

/// A request on its way.
pub(super) struct Waiting {
    alarm: Option<TimeoutHandle>,
    is_late: SendWrapper<std::rc::Rc<std::cell::Cell<bool>>>,
}

/// Watches a request until what it gives is dropped.
pub(super) fn wait() -> Waiting {
    let is_late = std::rc::Rc::new(std::cell::Cell::new(false));
    let late = is_late.clone();
    let ring = move || {
        late.set(true);
        count(1);
    };
    Waiting {
        alarm: set_timeout_with_handle(ring, PATIENCE).ok(),
        is_late: SendWrapper::new(is_late),
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(alarm) = self.alarm.take() {
            alarm.clear();
        }
        if self.is_late.get() {
            count(-1);
        }
    }
}

fn count(by: i32) {
    if let Some(sign) = SIGN.get() {
        sign.late
            .try_update(|late| *late = late.saturating_add_signed(by));
    }
}

/// Looks which build answered.
pub(super) fn heed(wire: Option<&str>) {
    let other = wire.is_some_and(|wire| wire != WIRE);
    if other && let Some(sign) = SIGN.get() {
        sign.is_other.try_set(true);
    }
}

/// Says so on every page. Nothing while the server answers at once and is of the same build.
#[component]
pub fn UpstreamSign() -> impl IntoView {
    let Sign { late, is_other } = expect_context();
    let locale = use_locale();
    let state = Memo::new(move |_| (is_other.get(), late.get() > 0));
    let view = move || match state.get() {
        (true, _) => view! { <Newer/> }.into_any(),
        (false, true) => td_string!(locale, upstream.waking).into_any(),
        (false, false) => ().into_any(),
    };
    view! { <div role="status" class="live-sign">{view}</div> }.into_any()
}

/// The server is of another build than this page.
#[component]
fn Newer() -> impl IntoView {
    let locale = use_locale();
    let again = upstream::is_elsewhere().then(|| {
        let file = upstream::url("/dashboard.zip");
        view! { <span class="quiet">{td_string!(locale, upstream.newer_again, file = file)}</span> }
    });
    view! {
        <span class="flex flex-wrap items-center gap-3">
            {td_string!(locale, upstream.newer)}
            <Button
                label=td_string!(locale, upstream.reload).to_owned()
                size=ButtonSize::Small
                on_click=move |_| browser::reload()
            />
            {again}
        </span>
    }
}
