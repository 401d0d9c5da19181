use leptos::ev;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Glyph, Icon};
use crate::state::language::use_locale;
use crate::state::uploads::{Uploads, use_uploads};

/// What the file dialog offers; the server decides by content.
const ACCEPT: &str = "video/mp4,video/quicktime,image/jpeg,image/png,.mp4,.m4v,.mov";

/// Opens the file dialog. The input itself has the focus; its label looks like a button.
#[component]
pub(super) fn UploadButton() -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    view! {
        <label class="btn btn-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary">
            <Icon glyph=Glyph::Upload/>
            {td_string!(locale, videos.add)}
            <input
                class="visually-hidden"
                type="file"
                multiple=true
                accept=ACCEPT
                on:change=move |event| choose(uploads, &event)
            />
        </label>
    }
}

fn choose(uploads: Uploads, event: &ev::Event) {
    let input = event_target::<web_sys::HtmlInputElement>(event);
    if let Some(files) = input.files() {
        uploads.add(&files);
    }
    // The same file can be chosen again.
    input.set_value("");
}

/// Where files can be dropped.
#[component]
pub(super) fn DropTile() -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    let over = RwSignal::new(false);
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            uploads.add(&files);
        }
    };
    let drag = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    view! {
        <div
            class="drop aspect-video grid place-content-center justify-items-center gap-1 text-center text-sm p-3"
            class:drop-over=move || over.get()
            on:drop=drop
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
        >
            <Icon glyph=Glyph::Film class="w-6 h-6"/>
            <span class="font-medium">{td_string!(locale, videos.drop)}</span>
            <span class="quiet text-xs">{td_string!(locale, videos.formats)}</span>
        </div>
    }
}
