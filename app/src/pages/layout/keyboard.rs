use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::browser;
use crate::components::{Dialog, Glyph, Icon, open_dialog};
use crate::state::language::use_locale;

/// `/` goes to the search, `?` shows the keys; both are letters while somebody types.
pub(super) fn listen_for_keys(search: &'static str, help: NodeRef<html::Dialog>) {
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            if browser::is_typing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            match event.key().as_str() {
                "/" => {
                    event.prevent_default();
                    browser::focus(search);
                }
                "?" => open_dialog(help),
                _ => {}
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Shows the keys, for who does not know `?`.
#[component]
pub(super) fn HelpButton(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm btn-square hidden sm:inline-flex"
            aria-label=td_string!(locale, keyboard.title)
            on:click=move |_| open_dialog(dialog)
        >
            <Icon glyph=Glyph::Help class="w-5 h-5"/>
        </button>
    }
}

/// The keys.
#[component]
pub(super) fn KeyboardHelp(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let locale = use_locale();
    let rows = [
        ("/", td_string!(locale, keyboard.search)),
        ("?", td_string!(locale, keyboard.help)),
        (
            td_string!(locale, keyboard.tab_key),
            td_string!(locale, keyboard.tab),
        ),
        (
            td_string!(locale, keyboard.escape_key),
            td_string!(locale, keyboard.escape),
        ),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(key, words)| {
            view! {
                <div class="flex items-center gap-4 py-2">
                    <dt class="w-20"><kbd class="kbd kbd-sm">{key}</kbd></dt>
                    <dd>{words}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <Dialog dialog id="keyboard-title" title=td_string!(locale, keyboard.title)>
            <dl class="rows">{rows}</dl>
        </Dialog>
    }
    .into_any()
}
