use api::upload::Upload;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::backend::uploads::{cancel_upload, list_uploads};
use crate::components::{Load, Refusals, Skeleton};
use crate::fetch::{Fetched, fetch};
use crate::format::bytes;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;
use crate::state::uploads::use_uploads;

/// Uploads that stopped with a page that was closed or on another machine. The browser has lost
/// their files: they go on when the person chooses them again.
#[component]
pub(super) fn UnfinishedUploads(unfinished: Fetched<Vec<Upload>>) -> impl IntoView {
    view! {
        <Load resource=unfinished skeleton=Skeleton::Nothing refusals=Refusals::Silent let:list>
            <Unfinished list unfinished/>
        </Load>
    }
}

/// Asks for them; again when one ends.
pub(super) fn unfinished_uploads() -> Fetched<Vec<Upload>> {
    let uploads = use_uploads();
    fetch(move || {
        uploads.ended();
        list_uploads()
    })
}

#[component]
fn Unfinished(list: Vec<Upload>, unfinished: Fetched<Vec<Upload>>) -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    let rows = move || {
        let others = list.iter().filter(|upload| !uploads.knows(upload.id));
        others
            .map(|upload| view! { <Row upload=upload.clone() unfinished/> }.into_any())
            .collect::<Vec<_>>()
    };
    move || {
        let rows = rows();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="panel p-5 xl:w-90 min-w-0" aria-labelledby="unfinished">
                    <h2 id="unfinished" class="text-lg font-semibold">
                        {td_string!(locale, uploads.unfinished)}
                    </h2>
                    <p class="quiet text-sm mb-1">{td_string!(locale, uploads.unfinished_text)}</p>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
    }
}

#[component]
fn Row(upload: Upload, unfinished: Fetched<Vec<Upload>>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let Upload {
        id,
        file_name: name,
        size,
        received,
        ..
    } = upload;
    let amount = td_string!(
        locale,
        uploads.of,
        sent = bytes(locale, received),
        size = bytes(locale, size)
    );
    let label = td_string!(locale, uploads.give_up_one, name = name.as_str());
    let give_up = move |_| {
        spawn_local(async move {
            if let Err(error) = cancel_upload(id).await {
                toasts.failed(error.message);
            }
            unfinished.refetch();
        });
    };
    view! {
        <li class="py-3 flex items-center gap-3" data-unfinished=name.clone()>
            <div class="min-w-0">
                <span class="block font-medium truncate" title=name.clone()>{name.clone()}</span>
                <span class="quiet text-sm">{amount}</span>
            </div>
            <button
                type="button"
                class="btn btn-ghost btn-xs ml-auto"
                aria-label=label
                on:click=give_up
            >
                {td_string!(locale, uploads.give_up)}
            </button>
        </li>
    }
}
