use leptos::ev::{self, MouseEvent};
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::editing::Editing;
use crate::browser;
use crate::components::{Glyph, Icon};
use crate::i18n::Locale;
use crate::state::language::use_locale;

const UNDO: &str = "loop-undo";
const REDO: &str = "loop-redo";

/// Back and forth through the changes of the loop.
#[component]
pub(super) fn UndoButtons(editing: Editing) -> impl IntoView {
    let locale = use_locale();
    let has_past = Memo::new(move |_| editing.has_past());
    let has_future = Memo::new(move |_| editing.has_future());
    let undo = move |_| step(locale, editing, Step::Back);
    let redo = move |_| step(locale, editing, Step::Forth);
    view! {
        <span class="ml-auto flex">
            <ToolButton id=UNDO label=td_string!(locale, loops.undo_step) glyph=Glyph::Undo enabled=has_past on_click=undo/>
            <ToolButton id=REDO label=td_string!(locale, loops.redo_step) glyph=Glyph::Redo enabled=has_future on_click=redo/>
        </span>
    }
}

#[component]
fn ToolButton(
    id: &'static str,
    label: &'static str,
    glyph: Glyph,
    enabled: Memo<bool>,
    #[prop(into)] on_click: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm btn-square"
            id=id
            title=label
            aria-label=label
            disabled=move || !enabled.get()
            on:click=move |event| on_click.run(event)
        >
            <Icon glyph/>
        </button>
    }
}

#[derive(Clone, Copy)]
enum Step {
    Back,
    Forth,
}

/// Takes a step and says so. A button at its end hands the focus to the other one.
fn step(locale: Locale, editing: Editing, step: Step) {
    let (taken, said, here, there) = match step {
        Step::Back => (editing.undo(), td_string!(locale, loops.undone), UNDO, REDO),
        Step::Forth => (editing.redo(), td_string!(locale, loops.redone), REDO, UNDO),
    };
    if !taken {
        return;
    }
    editing.said.set(said.to_owned());
    let ends = match step {
        Step::Back => !untrack(|| editing.has_past()),
        Step::Forth => !untrack(|| editing.has_future()),
    };
    if ends && browser::has_focus(here) {
        browser::after_paint(move || browser::focus(there));
    }
}

/// Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, where they are not the keys of a text.
pub(super) fn listen_for_undo(editing: Editing) {
    let locale = use_locale();
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || browser::is_typing() {
                return;
            }
            let taken = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
                ("z", false) => Step::Back,
                ("z", true) | ("y", false) => Step::Forth,
                _ => return,
            };
            event.prevent_default();
            step(locale, editing, taken);
        });
        on_cleanup(move || listener.remove());
    });
}
