use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::{Glyph, Icon};
use crate::state::language::use_locale;

/// Opens a dialog; the page behind it cannot be reached meanwhile.
pub fn open_dialog(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        // Refused only when it is open already.
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the focus goes back to what opened it.
pub fn close_dialog(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}

/// A modal dialog with its title and a way out. Escape closes it too.
#[component]
pub fn Dialog(
    /// To open and close it by.
    dialog: NodeRef<html::Dialog>,
    /// Id of its title.
    id: &'static str,
    /// Its title.
    #[prop(into)]
    title: String,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <dialog node_ref=dialog class="modal" aria-labelledby=id>
            <div class="modal-box max-w-2xl p-0 flex flex-col">
                <div class="flex items-center gap-3 px-5 pt-5 pb-3">
                    <h2 id=id class="text-lg font-semibold">{title}</h2>
                    <button
                        type="button"
                        class="btn btn-ghost btn-sm btn-square ml-auto"
                        aria-label=td_string!(locale, dialog.close)
                        on:click=move |_| close_dialog(dialog)
                    >
                        <Icon glyph=Glyph::Close/>
                    </button>
                </div>
                <div class="px-5 pb-5 overflow-y-auto">{children()}</div>
            </div>
        </dialog>
    }
    .into_any()
}
