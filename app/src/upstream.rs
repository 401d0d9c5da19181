//! The server behind the dashboard: where it is, and how it is asked. The same pages are served by the
//! server itself, or as files from another site; nothing else in this crate knows which.

mod boot;
mod client;
mod media;
mod session;
mod sign;
mod tokens;

use js_sys::Promise;
use leptos::prelude::window;
use leptos::server_fn::client::{get_server_url, try_set_server_url};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

pub use boot::begin;
pub use client::Upstream;
pub use media::{download, poster, source};
pub use session::{first_run, leave, receive, sign_in};
pub use sign::{UpstreamSign, provide_sign};
pub use tokens::are_held as is_by_token;

use crate::browser;

/// Says where the server is, like `https://neopro.example`. Once, before anything is asked.
pub fn set(server: String) {
    // The second of two calls would change where half of the page asks.
    let _ = try_set_server_url(String::leak(server));
}

/// Where the server is; empty where it served the page itself.
pub fn origin() -> &'static str {
    get_server_url()
}

/// Whether the page comes from another site than the server.
pub fn is_elsewhere() -> bool {
    !origin().is_empty()
}

/// The address of a path of the server.
pub fn url(path: &str) -> String {
    format!("{}{path}", origin())
}

/// The value of `crossorigin` for pictures and films of the server.
pub fn crossorigin() -> Option<&'static str> {
    is_elsewhere().then_some("use-credentials")
}

/// Asks the server by REST, as the signed-in person.
pub async fn fetch(method: &str, path: &str, body: Option<&JsValue>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    if is_elsewhere() {
        init.set_credentials(RequestCredentials::Include);
    }
    send(method, path, body, &init, own_headers().await).await
}

/// Asks the server as nobody.
async fn fetch_plain(
    method: &str,
    path: &str,
    body: Option<&JsValue>,
) -> Result<Response, JsValue> {
    send(method, path, body, &RequestInit::new(), Vec::new()).await
}

async fn send(
    method: &str,
    path: &str,
    body: Option<&JsValue>,
    init: &RequestInit,
    own: Vec<(&'static str, String)>,
) -> Result<Response, JsValue> {
    init.set_method(method);
    let headers = Headers::new()?;
    if let Some(body) = body {
        init.set_body(body);
        if body.is_string() {
            headers.set("Content-Type", "application/json")?;
        }
    }
    for (name, value) in own {
        headers.set(name, &value)?;
    }
    init.set_headers(&headers);
    let asked: Promise = window().fetch_with_str_and_init(&url(path), init);
    JsFuture::from(asked).await?.dyn_into()
}

/// What every request carries that is sent from another site: no cookie of ours says it there.
pub async fn own_headers() -> Vec<(&'static str, String)> {
    if !is_elsewhere() {
        return Vec::new();
    }
    let language = browser::html_language().tag().to_owned();
    let mut headers = vec![("Accept-Language", language)];
    if let Some(token) = tokens::fresh().await {
        headers.push(("Authorization", format!("Bearer {token}")));
    }
    headers
}

/// The JSON of an answer.
async fn json<T: serde::de::DeserializeOwned>(answer: &Response) -> Option<T> {
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    serde_json::from_slice(text.as_string()?.as_bytes()).ok()
}
