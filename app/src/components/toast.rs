use leptos::prelude::*;
use leptos_i18n::td_string;

use super::{Button, ButtonKind, ButtonSize, Glyph, Icon};
use crate::state::language::use_locale;
use crate::state::toasts::{Toast, ToastKind, use_toasts};

/// Where messages appear; screen readers hear them without losing their place.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div
            class="toasts fixed z-30 right-4 left-4 sm:left-auto sm:w-96 grid gap-2"
            role="status"
            aria-live="polite"
        >
            <For each=move || toasts.list() key=|toast| toast.id let:toast>
                <ToastCard toast/>
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn ToastCard(toast: Toast) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let id = toast.id;
    let (class, glyph) = match toast.kind {
        ToastKind::Done => ("panel panel-success", Glyph::Check),
        ToastKind::Failed => ("panel panel-error", Glyph::Warning),
    };
    let action = toast.action.map(|(label, action)| {
        let undo = move |_| {
            action();
            toasts.dismiss(id);
        };
        view! { <Button label kind=ButtonKind::Ghost size=ButtonSize::Small on_click=undo/> }
    });
    view! {
        <div id=Toast::element(id) class=format!("{class} p-3 flex items-center gap-3 shadow-lg")>
            <Icon glyph/>
            <p class="min-w-0 wrap-anywhere text-sm">{toast.text}</p>
            <div class="ml-auto flex items-center">
                {action}
                <button
                    type="button"
                    class="btn btn-ghost btn-sm btn-square"
                    aria-label=td_string!(locale, dialog.dismiss)
                    on:click=move |_| toasts.dismiss(id)
                >
                    <Icon glyph=Glyph::Close/>
                </button>
            </div>
        </div>
    }
    .into_any()
}
