use leptos::prelude::*;

use super::{Glyph, Icon};

/// Where a list would be: says what is missing and what to do.
#[component]
pub fn Empty(
    /// What kind of thing is missing.
    glyph: Glyph,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// What to do.
    #[prop(optional, into)]
    text: String,
    /// The buttons to do it with.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph class="w-8 h-8 quiet"/>
            <p class="display text-lg font-semibold">{title}</p>
            <p class="quiet max-w-md">{text}</p>
            {children.map(|children| view! { <div class="flex flex-wrap justify-center gap-2">{children()}</div> })}
        </div>
    }
    .into_any()
}
