use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, Glyph, Icon};
use crate::state::language::use_locale;

/// Two boxes use one card: what that means and what to do.
#[component]
pub(super) fn Copied(seen: DateTime<Utc>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="panel panel-error p-5 flex gap-4" aria-labelledby="copied">
            <span class="text-error mt-1">
                <Icon glyph=Glyph::Warning class="w-5 h-5"/>
            </span>
            <div class="min-w-0 grid gap-2">
                <h2 id="copied" class="text-lg font-semibold">{td_string!(locale, keys.copied)}</h2>
                <p>{td_string!(locale, keys.copied_text)}</p>
                <p>{td_string!(locale, keys.copied_todo)}</p>
                <p class="quiet text-sm">{td_string!(locale, keys.copied_seen)} " " <Ago at=seen/></p>
            </div>
        </section>
    }
}
