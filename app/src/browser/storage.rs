//! Texts that the browser keeps for this origin, or for one tab.

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

fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// The text that the tab has under a name.
pub fn of_tab(name: &str) -> Option<String> {
    tab()?.get_item(name).ok().flatten()
}

/// Keeps a text for the life of the tab, or drops it.
pub fn keep_in_tab(name: &str, text: Option<&str>) {
    let Some(storage) = tab() else {
        return;
    };
    // Refused only where nothing is kept anyway.
    let _ = match text {
        Some(text) => storage.set_item(name, text),
        None => storage.remove_item(name),
    };
}
