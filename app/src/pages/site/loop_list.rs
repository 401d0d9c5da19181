use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::drag::Drag;
use super::editing::Editing;
use super::row::{LoopRow, moved};
use crate::components::{Empty, Glyph};
use crate::state::language::use_locale;

/// The help that every grip is described by.
pub(super) const KEYS_HELP: &str = "loop-keys";

/// The videos of the loop, in order.
#[component]
pub(super) fn LoopList(
    editing: Editing,
    /// Whether its reader may change it.
    editable: bool,
) -> impl IntoView {
    let locale = use_locale();
    let empty = Memo::new(move |_| editing.items.with(Vec::is_empty));
    let nothing = move || {
        empty.get().then(|| {
            view! {
                <Empty
                    glyph=Glyph::Film
                    title=td_string!(locale, loops.empty)
                    text=td_string!(locale, loops.empty_text)
                />
            }
        })
    };
    let list = NodeRef::<html::Ol>::new();
    let drag = Drag::new(editing, list, move |(key, place)| {
        moved(locale, editing, key, editing.move_to(key, place));
    });
    let help = editable.then(|| {
        view! { <p class="visually-hidden" id=KEYS_HELP>{td_string!(locale, loops.keys)}</p> }
    });
    view! {
        {nothing}
        {help}
        <ol class="rows" node_ref=list aria-label=td_string!(locale, loops.order)>
            <ForEnumerate
                each=move || editing.items.get()
                key=|item| item.key
                children=move |index, item| view! { <LoopRow editing editable drag index item/> }
            />
        </ol>
    }
}
