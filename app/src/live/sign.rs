use leptos::prelude::*;
use leptos_i18n::td_string;

use super::line::{Live, use_live};
use crate::state::language::use_locale;

/// Says quietly that the page does not follow the server at the moment. Nothing while it does.
#[component]
pub fn LiveSign() -> impl IntoView {
    let locale = use_locale();
    let live = use_live();
    let is_lost = move || live.is_some_and(Live::is_lost);
    view! {
        <p role="status" class="live-sign" data-live-lost=move || is_lost().then_some("true")>
            {move || is_lost().then(|| td_string!(locale, layout.not_live))}
        </p>
    }
    .into_any()
}
