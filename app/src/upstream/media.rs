//! Pictures, films and files of the server, where the page's browser keeps no cookie that opens them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAnchorElement, Url};

use super::{fetch, is_by_token, is_elsewhere, url};

/// The address that a picture or film has in this page; empty until it is there.
pub fn source(path: String) -> Signal<String> {
    if is_by_token() {
        fetched(path)
    } else {
        Signal::stored(url(&path))
    }
}

/// The same for the picture before a film: no attribute has browsers ask for that one with cookies.
pub fn poster(path: String) -> Signal<String> {
    if is_elsewhere() {
        fetched(path)
    } else {
        Signal::stored(path)
    }
}

fn fetched(path: String) -> Signal<String> {
    let address = RwSignal::new(String::new());
    spawn_local(async move {
        if let Ok(opened) = open(&path).await
            && let Some(opened) = address.try_set(opened)
        {
            // The page has gone meanwhile.
            let _ = Url::revoke_object_url(&opened);
        }
    });
    on_cleanup(move || {
        let _ = Url::revoke_object_url(&address.get_untracked());
    });
    address.into()
}

/// Gives a file of the server to the person.
pub async fn download(path: &str, name: &str) -> Result<(), JsValue> {
    let address = open(path).await?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Its bytes, as an address of this page.
async fn open(path: &str) -> Result<String, JsValue> {
    let answer = fetch("GET", path, None).await?;
    if !answer.ok() {
        return Err(JsValue::NULL);
    }
    let bytes = JsFuture::from(answer.blob()?).await?;
    Url::create_object_url_with_blob(&bytes.dyn_into()?)
}
