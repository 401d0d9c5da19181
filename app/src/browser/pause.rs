use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::set_timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Cuts a pause short.
#[derive(Clone)]
pub struct Wake(Option<Function>);

impl Wake {
    /// Ends the pause now.
    pub fn up(&self) {
        if let Some(resolve) = &self.0 {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// A pause of this length, and what cuts it short.
pub fn pause(length: Duration) -> (Wake, impl Future<Output = ()>) {
    let mut wake = Wake(None);
    let end = Promise::new(&mut |resolve, _| wake = Wake(Some(resolve)));
    let alarm = wake.clone();
    set_timeout(move || alarm.up(), length);
    let end = async move {
        let _ = JsFuture::from(end).await;
    };
    (wake, end)
}

/// A number from 0 up to 1 that nobody foresees.
pub fn random() -> f64 {
    js_sys::Math::random()
}
