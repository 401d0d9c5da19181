//! The browser's own interfaces. Called from effects and event handlers only, which the server
//! never runs; what rendering needs answers with a default there.

pub mod drag;
mod events;
mod form;
mod pause;
mod reading;
pub mod storage;
mod thumbnail;
mod upload;

use api::language::Language;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, COOKIE};
use leptos::ev;
use leptos::prelude::{
    Effect, WindowListenerHandle, document, on_cleanup, request_animation_frame, window,
    window_event_listener,
};
use wasm_bindgen::{JsCast, JsValue};

pub use events::{Line, Sound};
pub use form::Form;
pub use pause::{Wake, pause, random};
pub use thumbnail::keep_thumbnail;
pub use upload::{Part, Request, Sent, announced, lost, read, refusal, send, send_to_store};

use crate::state::language;
use crate::state::theme::{self, Theme};

/// A cookie of a switch lasts a year.
const YEAR_S: u32 = 365 * 24 * 60 * 60;

/// The language of `<html>`.
pub fn html_language() -> Language {
    match html_attribute("lang").as_deref() {
        Some("en") => Language::En,
        _ => Language::Fr,
    }
}

/// The theme of `<html>`.
pub fn html_theme() -> Theme {
    let attribute = html_attribute("data-theme");
    let chosen = Theme::ALL
        .into_iter()
        .find(|theme| theme.attribute().is_some() && theme.attribute() == attribute.as_deref());
    chosen.unwrap_or_default()
}

fn html_attribute(name: &str) -> Option<String> {
    if !cfg!(target_family = "wasm") {
        return None;
    }
    document().document_element()?.get_attribute(name)
}

/// Gives `<html>` the language and the theme that were chosen at an earlier visit, else the browser's
/// language. For pages that no server writes.
pub fn adopt_choices() {
    let Some(html) = document().document_element() else {
        return;
    };
    let cookies = document()
        .dyn_ref::<web_sys::HtmlDocument>()
        .and_then(|document| document.cookie().ok());
    let mut headers = HeaderMap::new();
    let accepted = window().navigator().language();
    for (name, value) in [(COOKIE, cookies), (ACCEPT_LANGUAGE, accepted)] {
        if let Some(value) = value.and_then(|value| value.parse().ok()) {
            headers.insert(name, value);
        }
    }
    // An attribute that is refused leaves the page in French, as the system has it.
    let _ = html.set_attribute("lang", language::of_headers(&headers).tag());
    if let Some(theme) = theme::of_headers(&headers).attribute() {
        let _ = html.set_attribute("data-theme", theme);
    }
}

/// The origin of this page.
pub fn own_origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Whether this page is at a path.
pub fn is_at(path: &str) -> bool {
    window()
        .location()
        .pathname()
        .is_ok_and(|here| here == path)
}

/// Takes away what the page showed before there was a dashboard.
pub fn clear_page() {
    if let Some(body) = document().body() {
        body.set_inner_html("");
    }
}

/// `next` as a page of this dashboard, whatever it says.
pub fn own_page(next: &str) -> String {
    let home = || "/".to_owned();
    let Ok(url) = web_sys::Url::new_with_base(next, &own_origin()) else {
        return home();
    };
    let path = url.pathname();
    // `/.//evil` becomes another host's address once dots are taken out.
    if url.origin() != own_origin() || path.starts_with("//") || path == "/login" {
        return home();
    }
    path + &url.search()
}

/// Shows a theme and keeps it for later visits.
pub fn set_theme(theme: Theme) {
    set_cookie(theme::COOKIE, theme.cookie());
    let Some(html) = document().document_element() else {
        return;
    };
    // A failure leaves the old theme: nothing to tell.
    let _ = match theme.attribute() {
        Some(value) => html.set_attribute("data-theme", value),
        None => html.remove_attribute("data-theme"),
    };
}

/// Keeps a language and loads the page anew in it.
pub fn set_language(chosen: Language) {
    set_cookie(language::COOKIE, Some(chosen.tag()));
    let _ = window().location().reload();
}

fn set_cookie(name: &str, value: Option<&str>) {
    let age = if value.is_some() { YEAR_S } else { 0 };
    let value = value.unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax");
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&cookie);
    }
}

/// The reader's clock.
pub fn now() -> Option<DateTime<Utc>> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit"
    )]
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64)
}

/// The exact time in the reader's zone and language.
pub fn local_time(at: DateTime<Utc>, language: &str) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(milliseconds(at)));
    date.to_locale_string(language, &JsValue::UNDEFINED).into()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are exact in f64"
)]
fn milliseconds(at: DateTime<Utc>) -> f64 {
    at.timestamp_millis() as f64
}

/// The reader's clock, in milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A number between 0 and 1.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// Tells `step` when the tab comes into view or leaves it, until the listener is removed.
pub fn on_visibility(step: impl Fn(bool) + 'static) -> WindowListenerHandle {
    window_event_listener(ev::visibilitychange, move |_| step(is_visible()))
}

/// Tells `step` when the machine has a network again or loses it, until the listeners are removed.
pub fn on_network(step: impl Fn(bool) + Copy + 'static) -> [WindowListenerHandle; 2] {
    [
        window_event_listener(ev::online, move |_| step(true)),
        window_event_listener(ev::offline, move |_| step(false)),
    ]
}

/// Whether somebody can see the tab.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Moves the focus to the element of this id, if it is there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// Whether the focus is where keys are text.
pub fn is_typing() -> bool {
    let Some(active) = document().active_element() else {
        return false;
    };
    matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Whether the element of this id has the focus.
pub fn has_focus(id: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|active| active.id() == id)
}

/// Whether the pointer or the focus is in the element of this id.
pub fn is_attended(id: &str) -> bool {
    let element = document().get_element_by_id(id);
    element.is_some_and(|element| element.matches(":hover, :focus-within").unwrap_or(false))
}

/// Scrolls the row of this id sideways until its current link stands in the middle.
pub fn show_current(id: &str) {
    let Some(row) = document().get_element_by_id(id) else {
        return;
    };
    if let Ok(Some(current)) = row.query_selector("[aria-current]") {
        let (row_box, current_box) = (
            row.get_bounding_client_rect(),
            current.get_bounding_client_rect(),
        );
        let middle = |rect: &web_sys::DomRect| rect.left() + rect.width() / 2.0;
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a row fit")]
        let way = (middle(&current_box) - middle(&row_box)) as i32;
        row.set_scroll_left(row.scroll_left() + way);
    }
}

/// Leaves the dashboard for a page of the server.
pub fn leave_for(path: &str) {
    let _ = window().location().set_href(path);
}

/// The address bar's path and query as the value of a query parameter, to come back to.
pub fn here_encoded() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let here = path + &location.search().unwrap_or_default();
    js_sys::encode_uri_component(&here).into()
}

/// Asks before the tab is closed or reloaded while `is_busy`; until the caller's owner ends.
pub fn guard_leaving(is_busy: impl Fn() -> bool + Clone + 'static) {
    Effect::new(move || {
        let is_busy = is_busy.clone();
        let listener = window_event_listener(ev::beforeunload, move |event| {
            if is_busy() {
                event.prevent_default();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Does something once the page shows the last change.
pub fn after_paint(step: impl FnOnce() + 'static) {
    request_animation_frame(step);
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}
