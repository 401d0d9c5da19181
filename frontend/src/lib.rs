//! The dashboard's entry points in the browser.

// Leptos views are deep types.
#![recursion_limit = "256"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered, once its part of the dashboard is here.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        fetch_area().await;
        leptos::mount::hydrate_body(app::App);
    });
}

/// Draws the dashboard into a page that another site served. `server` is the origin of its server, like
/// `https://neopro.example`.
#[wasm_bindgen]
pub fn start(server: String) {
    console_error_panic_hook::set_once();
    app::upstream::set(server);
    wasm_bindgen_futures::spawn_local(async {
        fetch_area().await;
        app::upstream::begin().await;
    });
}

async fn fetch_area() {
    let path = leptos::prelude::location().pathname().unwrap_or_default();
    app::fetch_area(&path).await;
}
