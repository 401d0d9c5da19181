//! What is known of a box, row by row: alone, or beside another one.

use api::key::SiteKey;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::Ago;
use crate::format::bytes;
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// What a box said of itself: words and values, in one order for all boxes.
pub(super) fn facts(locale: Locale, key: &SiteKey) -> Vec<(&'static str, Option<String>)> {
    let hardware = key.hardware.clone();
    let memory = hardware.memory_bytes.map(|size| bytes(locale, size));
    let address = Some(key.address.clone()).filter(|address| !address.is_empty());
    vec![
        (td_string!(locale, site.hardware), hardware.model),
        (td_string!(locale, site.serial), hardware.serial),
        (td_string!(locale, keys.memory), memory),
        (td_string!(locale, site.mac), hardware.mac),
        (td_string!(locale, keys.address), address),
        (td_string!(locale, site.software), hardware.player_version),
    ]
}

/// A box by itself: what is known of it, and who linked it.
#[component]
pub(super) fn BoxFacts(key: SiteKey) -> impl IntoView {
    let locale = use_locale();
    let rows: Vec<_> = facts(locale, &key)
        .into_iter()
        .filter_map(|(words, value)| Some((words, value?.into_any())))
        .collect();
    let linked = view! {
        <Ago at=key.linked_at/>
        " "
        {td_string!(locale, keys.linked_by, name = key.linked_by)}
    };
    let seen = key.last_seen.map(|at| view! { <Ago at/> }.into_any());
    let last = [
        (td_string!(locale, keys.last_seen), seen),
        (td_string!(locale, site.linked), Some(linked.into_any())),
    ];
    let last = last
        .into_iter()
        .filter_map(|(words, value)| Some((words, value?)));
    let rows: Vec<_> = rows.into_iter().chain(last).map(row).collect();
    view! { <dl class="rows text-sm">{rows}</dl> }
}

fn row((words, value): (&'static str, AnyView)) -> impl IntoView {
    view! {
        <div class="flex gap-4 py-2">
            <dt class="quiet w-36 shrink-0">{words}</dt>
            <dd class="min-w-0 flex-1 wrap-anywhere">{value}</dd>
        </div>
    }
}
