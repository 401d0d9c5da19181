//! The session of a page on another site whose browser keeps no cookie of the server: a short token in
//! memory, and in the tab's storage the one that is good once for the next.

use std::cell::RefCell;

use api::account::{Refresh, Tokens};
use api::path::SESSION_TOKENS;
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::browser;

/// Where the refresh token is.
const NAME: &str = "neopro-refresh";
/// Renewed when no more than this is left of it.
const MARGIN_MS: f64 = 60_000.0;

/// What opens until when.
struct Held {
    access: String,
    until_ms: f64,
}

// Server functions are sent from where nothing can be handed to them but this.
thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
    static RENEWAL: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Whether this tab's session is a token.
pub fn are_held() -> bool {
    super::is_elsewhere() && is_kept()
}

fn is_kept() -> bool {
    HELD.with_borrow(Option::is_some) || browser::storage::of_tab(NAME).is_some()
}

/// Keeps the tokens of a session that begins or goes on.
pub(super) fn hold(tokens: &Tokens) {
    browser::storage::keep_in_tab(NAME, Some(&tokens.refresh_token));
    #[expect(clippy::cast_precision_loss, reason = "some minutes")]
    let life_ms = tokens.expires_in_s as f64 * 1000.0;
    let held = Held {
        access: tokens.access_token.clone(),
        until_ms: browser::now_ms() + life_ms,
    };
    HELD.set(Some(held));
}

/// Forgets them: the session ended.
pub(super) fn drop_held() {
    browser::storage::keep_in_tab(NAME, None);
    HELD.set(None);
}

/// A token that is still good for a while; none where the session is a cookie.
pub(super) async fn fresh() -> Option<String> {
    if !are_held() {
        return None;
    }
    if at_hand().is_none() {
        renew_once().await;
    }
    at_hand()
}

fn at_hand() -> Option<String> {
    HELD.with_borrow(|held| {
        let held = held.as_ref()?;
        let is_good = held.until_ms - browser::now_ms() > MARGIN_MS;
        is_good.then(|| held.access.clone())
    })
}

/// However many requests wait for it, the refresh token is used once.
async fn renew_once() {
    let _ = JsFuture::from(renewal().await).await;
}

/// Few pages need it: its code comes when it is called.
#[lazy]
fn renewal() -> Promise {
    RENEWAL.with_borrow_mut(|renewal| {
        let begin = || {
            future_to_promise(async {
                renew().await;
                RENEWAL.set(None);
                Ok(JsValue::UNDEFINED)
            })
        };
        renewal.get_or_insert_with(begin).clone()
    })
}

async fn renew() {
    let Some(refresh_token) = browser::storage::of_tab(NAME) else {
        return;
    };
    let body = serde_json::to_string(&Refresh { refresh_token }).unwrap_or_default();
    let Ok(answer) = super::fetch_plain("POST", SESSION_TOKENS, Some(&body.into())).await else {
        // The network: the same token is good for another try.
        return;
    };
    match super::json::<Tokens>(&answer).await {
        Some(tokens) if answer.ok() => hold(&tokens),
        _ if answer.status() == 401 => drop_held(),
        _ => {}
    }
}
