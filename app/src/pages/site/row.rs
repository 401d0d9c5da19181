use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::drag::Drag;
use super::editing::{Editing, Item};
use super::loop_list::KEYS_HELP;
use crate::browser;
use crate::components::{Glyph, Icon, Thumb};
use crate::format::length;
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// A place of the loop with what can be done to it.
#[component]
pub(super) fn LoopRow(
    editing: Editing,
    editable: bool,
    drag: Drag,
    index: ReadSignal<usize>,
    item: Item,
) -> impl IntoView {
    let locale = use_locale();
    let Item { key, video } = item;
    let missing = move || {
        let here = u32::try_from(index.get()).unwrap_or(u32::MAX);
        let gone = editing.missing.with(|places| places.contains(&here));
        gone.then(|| view! { <span class="field-error text-sm block">{td_string!(locale, loops.gone)}</span> })
    };
    let lost = video.missing_since.map(|_| {
        view! { <span class="field-error text-sm block">{td_string!(locale, loops.file_missing)}</span> }
    });
    let name = video.name.clone();
    view! {
        <li class="loop-row">
            {editable.then(|| view! { <Grip editing drag index key name=name.clone()/> })}
            <span class="w-4 sm:w-6 text-right quiet text-sm figure">{move || index.get() + 1}</span>
            <Thumb id=video.id has_thumbnail=video.has_thumbnail class="w-16 sm:w-24 shrink-0"/>
            <span class="min-w-0 flex-1">
                <span class="font-medium block line-clamp-2 wrap-anywhere" title=name.clone()>{name.clone()}</span>
                <span class="quiet text-sm">{length(video.duration_ms)}</span>
                {missing}
                {lost}
            </span>
            {editable.then(|| view! { <RowButtons editing index key name/> })}
        </li>
    }
}

/// What a row is dragged by, and moved by with the arrow keys.
#[component]
fn Grip(
    editing: Editing,
    drag: Drag,
    index: ReadSignal<usize>,
    key: u32,
    name: String,
) -> impl IntoView {
    let locale = use_locale();
    let title = td_string!(locale, loops.drag, name = name.as_str());
    let label = move || {
        let (place, count) = (index.get() + 1, editing.items.with(Vec::len));
        td_string!(locale, loops.grip, name = name.as_str(), place, count)
    };
    let press = move |event: KeyboardEvent| {
        let here = index.get_untracked();
        let place = match event.key().as_str() {
            "ArrowUp" => here.saturating_sub(1),
            "ArrowDown" => here + 1,
            "Home" => 0,
            "End" => usize::MAX,
            "Escape" if drag.cancel() => here,
            _ => return,
        };
        event.prevent_default();
        moved(locale, editing, key, editing.move_to(key, place));
    };
    view! {
        <button
            type="button"
            class="loop-grip"
            id=button_id(Act::Grip, key)
            title=title
            aria-label=label
            aria-describedby=KEYS_HELP
            on:keydown=press
            on:pointerdown=move |event| {
                drag.take(key, &event);
                browser::focus(&button_id(Act::Grip, key));
            }
            on:pointermove=move |event| drag.follow(&event)
            on:pointerup=move |_| drag.release()
            on:pointercancel=move |_| {
                drag.cancel();
            }
        >
            <Icon glyph=Glyph::Grip class="w-5 h-5"/>
        </button>
    }
}

/// Up, down and out: the way without dragging and without keys.
#[component]
fn RowButtons(editing: Editing, index: ReadSignal<usize>, key: u32, name: String) -> impl IntoView {
    let locale = use_locale();
    let first = Signal::derive(move || index.get() == 0);
    let last = Signal::derive(move || index.get() + 1 == editing.items.with(Vec::len));
    let up_label = td_string!(locale, loops.up, name = name.as_str());
    let down_label = td_string!(locale, loops.down, name = name.as_str());
    let remove_label = td_string!(locale, loops.remove, name = name.as_str());
    let up = move |_| {
        let place = index.get_untracked().saturating_sub(1);
        stepped(locale, editing, (key, Act::Up), place);
    };
    let down = move |_| {
        let place = index.get_untracked() + 1;
        stepped(locale, editing, (key, Act::Down), place);
    };
    let remove = removal(locale, editing, key);
    view! {
        <span class="loop-steps">
            <RowButton id=button_id(Act::Up, key) label=up_label glyph=Glyph::Up disabled=first on_click=up/>
            <RowButton id=button_id(Act::Down, key) label=down_label glyph=Glyph::Down disabled=last on_click=down/>
        </span>
        <RowButton id=button_id(Act::Remove, key) label=remove_label glyph=Glyph::Close on_click=move |_| remove()/>
    }
}

#[component]
fn RowButton(
    id: String,
    label: String,
    glyph: Glyph,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_click: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm btn-square"
            id=id
            title=label.clone()
            aria-label=label
            disabled=disabled
            on:click=move |event| on_click.run(event)
        >
            <Icon glyph/>
        </button>
    }
}

/// What the buttons of a row do.
#[derive(Clone, Copy)]
enum Act {
    Grip,
    Up,
    Down,
    Remove,
}

fn button_id(act: Act, key: u32) -> String {
    let act = match act {
        Act::Grip => "grip",
        Act::Up => "up",
        Act::Down => "down",
        Act::Remove => "remove",
    };
    format!("loop-{act}-{key}")
}

/// Says where an item is now; the focus stays on its grip.
pub(super) fn moved(locale: Locale, editing: Editing, key: u32, place: Option<usize>) {
    say(locale, editing, key, place);
    browser::after_paint(move || browser::focus(&button_id(Act::Grip, key)));
}

/// Moves an item by its buttons; the focus stays on it, on the other button where this one ends.
fn stepped(locale: Locale, editing: Editing, (key, act): (u32, Act), place: usize) {
    let place = editing.move_to(key, place);
    say(locale, editing, key, place);
    let last = editing.items.with_untracked(Vec::len) - 1;
    let act = match (act, place) {
        (Act::Up, Some(0)) => Act::Down,
        (Act::Down, Some(place)) if place == last => Act::Up,
        (act, _) => act,
    };
    browser::after_paint(move || {
        // A phone shows these buttons only in the row that has the focus.
        browser::focus(&button_id(Act::Grip, key));
        browser::focus(&button_id(act, key));
    });
}

fn say(locale: Locale, editing: Editing, key: u32, place: Option<usize>) {
    let name = editing.items.with_untracked(|items| {
        let item = items.iter().find(|item| item.key == key)?;
        Some(item.video.name.clone())
    });
    if let (Some(place), Some(name)) = (place, name) {
        let count = editing.items.with_untracked(Vec::len);
        let said = td_string!(locale, loops.moved, name, place = place + 1, count);
        editing.said.set(said);
    }
}

/// Takes an item out, offers it back, and moves the focus to its neighbour.
fn removal(locale: Locale, editing: Editing, key: u32) -> impl Fn() + Copy {
    let toasts = use_toasts();
    move || {
        let Some(removed) = editing.remove(key) else {
            return;
        };
        let name = removed.item.video.name.clone();
        let text = td_string!(locale, loops.removed, name = name.as_str());
        let place = removed.place;
        let undo = move || {
            // The message may outlive the page.
            if editing.items.try_get_untracked().is_none() {
                return;
            }
            editing.put_back(removed.clone());
            let said = td_string!(locale, loops.back, name = name.as_str(), place = place + 1);
            editing.said.set(said);
            browser::after_paint(move || browser::focus(&button_id(Act::Remove, key)));
        };
        toasts.undoable(text, td_string!(locale, loops.undo), Arc::new(undo));
        let neighbour = editing.items.with_untracked(|items| {
            let at = place.min(items.len().checked_sub(1)?);
            items.get(at).map(|item| item.key)
        });
        browser::after_paint(move || match neighbour {
            Some(key) => browser::focus(&button_id(Act::Remove, key)),
            None => browser::focus("content"),
        });
    }
}
