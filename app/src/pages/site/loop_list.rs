use leptos::prelude::*;
use leptos_i18n::td_string;

use super::editor::{Direction, Editing, Item};
use crate::browser;
use crate::components::{Empty, Glyph, Icon, Thumb};
use crate::format::length;
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// The videos of the loop, in order, each with its buttons.
#[component]
pub(super) fn LoopList(editing: Editing) -> impl IntoView {
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
    view! {
        {nothing}
        <ol class="rows" aria-label=td_string!(locale, loops.order)>
            <ForEnumerate
                each=move || editing.items.get()
                key=|item| item.key
                children=move |index, item| view! { <LoopRow editing index item/> }
            />
        </ol>
    }
}

#[component]
fn LoopRow(editing: Editing, index: ReadSignal<usize>, item: Item) -> impl IntoView {
    let locale = use_locale();
    let Item { key, video } = item;
    let count = Memo::new(move |_| editing.items.with(Vec::len));
    let name = video.name.clone();
    let first = Signal::derive(move || index.get() == 0);
    let last = Signal::derive(move || index.get() + 1 == count.get());
    let up_label = td_string!(locale, loops.up, name = name.as_str());
    let down_label = td_string!(locale, loops.down, name = name.as_str());
    let remove_label = td_string!(locale, loops.remove, name = name.as_str());
    let title = name.clone();
    let moved = StoredValue::new(name.clone());
    let shift = move |direction| {
        moved.with_value(|name| shift(locale, editing, key, name, direction));
    };
    let remove = removal(locale, editing, key);
    view! {
        <li class="flex items-center gap-3 py-2">
            <span class="w-6 text-right quiet text-sm">{move || index.get() + 1}</span>
            <Thumb id=video.id has_thumbnail=video.has_thumbnail class="w-20 sm:w-24 shrink-0"/>
            <span class="min-w-0 flex-1">
                <span class="font-medium block truncate" title=title>{name}</span>
                <span class="quiet text-sm">{length(video.duration_ms)}</span>
            </span>
            <span class="flex items-center">
                <RowButton id=button_id(Act::Up, key) label=up_label glyph=Glyph::Up disabled=first on:click=move |_| shift(Direction::Up)/>
                <RowButton id=button_id(Act::Down, key) label=down_label glyph=Glyph::Down disabled=last on:click=move |_| shift(Direction::Down)/>
                <RowButton id=button_id(Act::Remove, key) label=remove_label glyph=Glyph::Close on:click=move |_| remove()/>
            </span>
        </li>
    }
}

#[component]
fn RowButton(
    id: String,
    label: String,
    glyph: Glyph,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm btn-square"
            id=id
            title=label.clone()
            aria-label=label
            disabled=disabled
        >
            <Icon glyph/>
        </button>
    }
}

/// What the buttons of a row do.
#[derive(Clone, Copy)]
enum Act {
    Up,
    Down,
    Remove,
}

fn button_id(act: Act, key: u32) -> String {
    let act = match act {
        Act::Up => "up",
        Act::Down => "down",
        Act::Remove => "remove",
    };
    format!("loop-{act}-{key}")
}

/// Moves an item; the focus stays on it, on the other button where this one ends.
fn shift(locale: Locale, editing: Editing, key: u32, name: &str, direction: Direction) {
    let Some(place) = editing.shift(key, direction) else {
        return;
    };
    let last = editing.items.with_untracked(Vec::len) - 1;
    let act = match direction {
        Direction::Up if place > 0 => Act::Up,
        Direction::Down if place < last => Act::Down,
        Direction::Up => Act::Down,
        Direction::Down => Act::Up,
    };
    let said = td_string!(locale, loops.moved, name, place = place + 1);
    editing.said.set(said);
    browser::after_paint(move || browser::focus(&button_id(act, key)));
}

/// Takes an item out, offers it back, and moves the focus to its neighbour.
fn removal(locale: Locale, editing: Editing, key: u32) -> impl Fn() + Copy {
    let toasts = use_toasts();
    move || {
        let Some((index, item)) = editing.remove(key) else {
            return;
        };
        let text = td_string!(locale, loops.removed, name = item.video.name.as_str());
        let undo = Callback::new(move |()| editing.insert(index, item.clone()));
        toasts.undoable(text, td_string!(locale, loops.undo), undo);
        let neighbour = editing.items.with_untracked(|items| {
            let at = index.min(items.len().checked_sub(1)?);
            items.get(at).map(|item| item.key)
        });
        browser::after_paint(move || match neighbour {
            Some(key) => browser::focus(&button_id(Act::Remove, key)),
            None => browser::focus("content"),
        });
    }
}
