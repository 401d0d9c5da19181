//! Texts that the browser keeps for this origin.

use leptos::prelude::window;
use web_sys::Storage;

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The text under a name.
pub fn get(name: &str) -> Option<String> {
    local()?.get_item(name).ok().flatten()
}

/// Keeps a text; whether there was room, and permission.
pub fn set(name: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Drops a text.
pub fn remove(name: &str) {
    if let Some(storage) = local() {
        // Refused only where nothing is kept anyway.
        let _ = storage.remove_item(name);
    }
}
