use leptos::ev::SubmitEvent;
use leptos::prelude::event_target;
use leptos_router::params::ParamsMap;
use wasm_bindgen::JsValue;
use web_sys::{FormData, HtmlFormElement};

/// The inputs of a form that is being sent.
pub struct Form(Option<FormData>);

impl Form {
    /// The inputs of the form that an event is about.
    pub fn of(event: &SubmitEvent) -> Self {
        let form = event_target::<HtmlFormElement>(event);
        Self(FormData::new_with_form(&form).ok())
    }

    /// The text of an input; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        let value = self.0.as_ref().map(|data| data.get(name));
        value
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    }

    /// The texts of the checked boxes of this name.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let values = self.0.as_ref().map(|data| data.get_all(name));
        let values = values.iter().flat_map(js_sys::Array::iter);
        values.filter_map(|value| value.as_string()).collect()
    }

    /// The inputs with a value as a query, with its `?`.
    pub fn query(&self) -> String {
        let mut query = ParamsMap::new();
        let pairs = self
            .0
            .as_ref()
            .and_then(|data| js_sys::try_iter(data).ok().flatten());
        for pair in pairs.into_iter().flatten().flatten() {
            let pair = js_sys::Array::from(&pair);
            if let (Some(name), Some(value)) = (text(&pair, 0), text(&pair, 1))
                && !value.trim().is_empty()
            {
                query.insert(name, value);
            }
        }
        query.to_query_string()
    }
}

fn text(pair: &js_sys::Array, index: u32) -> Option<String> {
    let value: JsValue = pair.get(index);
    value.as_string()
}
