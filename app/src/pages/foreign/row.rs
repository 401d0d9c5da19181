use api::error::{ApiError, ErrorCode};
use api::foreign::{ForeignObject, ForeignState};
use api::language::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::backend::foreign::{ignore_foreign_object, import_foreign_object};
use crate::components::{Ago, Button, ButtonSize};
use crate::format::bytes;
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// One file, what became of it, and what can be done.
#[component]
pub(super) fn Row(file: ForeignObject, changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let name = file.key.rsplit('/').next().unwrap_or_default().to_owned();
    let state = words(locale, file.state);
    let why = file.refusal.map(|code| {
        view! { <p class="field-error text-sm">{sentence(locale, code)}</p> }
    });
    let video = file.video.map(|id| {
        view! {
            <a class="link text-sm" href=format!("/videos/{id}")>
                {td_string!(locale, foreign.open_video)}
            </a>
        }
    });
    let (size, at, key) = (bytes(locale, file.size), file.modified_at, file.key.clone());
    let row = file.key.clone();
    view! {
        <li class="py-3 flex flex-wrap items-center gap-x-4 gap-y-1" data-foreign=row>
            <div class="min-w-0 flex-1 basis-60">
                <p class="font-medium flex flex-wrap items-center gap-2 wrap-anywhere">
                    {name} <span class="badge badge-sm">{state}</span>
                </p>
                {why}
                <p class="quiet text-sm wrap-anywhere">
                    {key} " · " {size} " · " {td_string!(locale, foreign.written)} " " <Ago at/>
                </p>
                {video}
            </div>
            <Actions file changed/>
        </li>
    }
    .into_any()
}

#[component]
fn Actions(file: ForeignObject, changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let done = Callback::new(
        move |(outcome, words): (Result<(), ApiError>, &'static str)| match outcome {
            Ok(()) => {
                toasts.done(words);
                changed.run(());
            }
            Err(error) => toasts.failed(error.message),
        },
    );
    let (id, state) = (file.id, file.state);
    let is_open = matches!(
        state,
        ForeignState::Found | ForeignState::Refused | ForeignState::Ignored
    );
    let import = is_open.then(|| {
        let words = td_string!(locale, foreign.asked);
        let step = move |_| {
            spawn_local(async move { done.run((import_foreign_object(id).await, words)) });
        };
        let label = td_string!(locale, foreign.import).to_owned();
        view! { <Button label size=ButtonSize::Small on_click=step/> }
    });
    let may_ignore = !matches!(state, ForeignState::Ignored | ForeignState::Waiting);
    let ignore = may_ignore.then(|| {
        let words = td_string!(locale, foreign.put_aside);
        let step = move |_| {
            spawn_local(async move { done.run((ignore_foreign_object(id).await, words)) });
        };
        let label = td_string!(locale, foreign.ignore).to_owned();
        view! { <Button label size=ButtonSize::Small on_click=step/> }
    });
    view! { <div class="flex flex-wrap gap-2">{import} {ignore}</div> }
}

fn words(locale: Locale, state: ForeignState) -> &'static str {
    match state {
        ForeignState::Found | ForeignState::Other => td_string!(locale, foreign.is_found),
        ForeignState::Waiting => td_string!(locale, foreign.is_waiting),
        ForeignState::Imported => td_string!(locale, foreign.is_imported),
        ForeignState::Known => td_string!(locale, foreign.is_known),
        ForeignState::Refused => td_string!(locale, foreign.is_refused),
        ForeignState::Ignored => td_string!(locale, foreign.is_ignored),
    }
}

/// Why it is no video, as an upload would be told.
fn sentence(locale: Locale, code: ErrorCode) -> &'static str {
    code.message(match locale {
        Locale::fr => Language::Fr,
        Locale::en => Language::En,
    })
}
