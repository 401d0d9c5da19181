use api::key::{KeyEvent, KeyEventKind, SiteKeys};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, Panel};
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// What happened to the site's boxes, by whom and when.
#[component]
pub(super) fn History(keys: RwSignal<SiteKeys>) -> impl IntoView {
    let locale = use_locale();
    let events = Memo::new(move |_| keys.with(|keys| keys.events.clone()));
    let rows = move || {
        let events = events.get();
        if events.is_empty() {
            return view! { <p class="quiet">{td_string!(locale, keys.no_event)}</p> }.into_any();
        }
        let rows: Vec<_> = events.into_iter().map(|event| row(locale, event)).collect();
        view! { <ol class="rows">{rows}</ol> }.into_any()
    };
    view! {
        <Panel id="keys-history" title=td_string!(locale, keys.history)>
            {rows}
        </Panel>
    }
}

fn row(locale: Locale, event: KeyEvent) -> impl IntoView {
    let words = words(locale, &event);
    let machine = [event.hardware.model, event.hardware.serial]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let by = event.by.map(|name| td_string!(locale, keys.by, name));
    view! {
        <li class="py-2">
            <p class="font-medium wrap-anywhere">{words}</p>
            <p class="quiet text-sm wrap-anywhere">{machine}</p>
            <p class="quiet text-sm"><Ago at=event.at/> " " {by}</p>
        </li>
    }
}

fn words(locale: Locale, event: &KeyEvent) -> String {
    let site = event.other_site.clone();
    let words = match event.what {
        KeyEventKind::Linked => match site {
            Some(site) => return td_string!(locale, keys.event_came, site),
            None => td_string!(locale, keys.event_linked),
        },
        KeyEventKind::MovedAway => {
            return td_string!(locale, keys.event_left, site = site.unwrap_or_default());
        }
        KeyEventKind::Proposed => td_string!(locale, keys.event_proposed),
        KeyEventKind::Accepted => td_string!(locale, keys.event_accepted),
        KeyEventKind::Refused => td_string!(locale, keys.event_refused),
        KeyEventKind::TookOver => td_string!(locale, keys.event_took_over),
        KeyEventKind::Restored => td_string!(locale, keys.event_restored),
        KeyEventKind::Revoked => td_string!(locale, keys.event_revoked),
        KeyEventKind::Expired => td_string!(locale, keys.event_expired),
        KeyEventKind::CloneSeen => td_string!(locale, keys.copied),
        KeyEventKind::Other => td_string!(locale, keys.event_other),
    };
    words.to_owned()
}
