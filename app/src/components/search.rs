use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::browser;

/// Typing pauses this long before the list follows.
const PAUSE: Duration = Duration::from_millis(250);

/// A search input inside a GET form: the address follows the typing.
#[component]
pub fn SearchField(
    /// Its id.
    id: &'static str,
    /// Its accessible name and placeholder.
    #[prop(into)]
    label: String,
    /// What the address searches for.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let submit = debounce(PAUSE, move |()| {
        if let Some(form) = input.get_untracked().and_then(|input| input.form()) {
            let _ = form.request_submit();
        }
    });
    // Back and "clear" change the address: the input follows, unless somebody types in it.
    Effect::new(move || {
        let text = value.get();
        if let Some(input) = input.get()
            && !browser::has_focus(id)
        {
            input.set_value(&text);
        }
    });
    let mut submit = submit;
    view! {
        <label class="input input-sm w-full sm:w-64">
            <Icon glyph=Glyph::Search/>
            <input
                node_ref=input
                id=id
                type="search"
                name="search"
                value=value.get_untracked()
                placeholder=label.clone()
                aria-label=label
                autocomplete="off"
                on:input=move |_| submit(())
            />
        </label>
    }
    .into_any()
}
