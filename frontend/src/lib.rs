//! The dashboard's entry point in the browser.

// Leptos views are deep types.
#![recursion_limit = "256"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered, once its part of the dashboard is here.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let path = leptos::prelude::location().pathname().unwrap_or_default();
        app::fetch_area(&path).await;
        leptos::mount::hydrate_body(app::App);
    });
}
