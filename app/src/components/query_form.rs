use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::browser;

/// Where a filter leads.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Place {
    /// A new page.
    #[default]
    New,
    /// This page with another filter: it stays where it is scrolled to and makes no history.
    Same,
}

/// A form whose inputs go into the address. Works without script too.
#[component]
pub fn QueryForm(
    /// The page that is filtered.
    #[prop(into)]
    action: String,
    /// Where it leads.
    #[prop(optional)]
    place: Place,
    /// The inputs.
    children: Children,
) -> impl IntoView {
    let navigate = use_navigate();
    let page = action.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let query = browser::Form::of(&event).query();
        let options = NavigateOptions {
            replace: place == Place::Same,
            scroll: place == Place::New,
            ..NavigateOptions::default()
        };
        navigate(&format!("{page}{query}"), options);
    };
    view! {
        <form method="get" action=action on:submit=submit>
            {children()}
        </form>
    }
    .into_any()
}
