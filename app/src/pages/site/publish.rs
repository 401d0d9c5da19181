use api::configuration::NewConfiguration;
use api::error::{ApiError, ErrorCode};
use api::limit::LOOP_VIDEOS;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::editor::Editing;
use crate::backend::configurations::Publish;
use crate::browser;
use crate::components::{Button, ButtonKind, ButtonSize, Glyph, Icon};
use crate::format::number;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Publishes the loop with a comment. Refusals are shown and change nothing.
#[component]
pub(super) fn PublishForm(
    editing: Editing,
    waiting: Memo<usize>,
    published: RwSignal<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let publish = ServerAction::<Publish>::new();
    let comment = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        publish.dispatch(Publish {
            site: editing.site,
            new: NewConfiguration {
                base_version: editing.base.with_untracked(|(version, _)| *version),
                videos: editing
                    .items
                    .with_untracked(|items| items.iter().map(|item| item.video.id).collect()),
                comment: comment.get_untracked().trim().to_owned(),
            },
        });
    };
    settle(editing, publish, comment, published);
    let pending = publish.pending();
    // A first, empty loop may be published too: it says that the TV shows nothing.
    let nothing_new =
        move || waiting.get() == 0 && editing.base.with(|(version, _)| version.is_some());
    let too_long = Memo::new(move |_| editing.items.with(Vec::len) > LOOP_VIDEOS);
    let label = Signal::derive(move || {
        if pending.get() {
            return td_string!(locale, loops.publishing).to_owned();
        }
        let count = waiting.get() as u64;
        td_string!(locale, loops.publish, count, number = number(locale, count))
    });
    view! {
        <form class="mt-5 pt-4 border-t border-base-300 grid gap-3" on:submit=submit>
            {move || publish.value().get().and_then(Result::err).map(|error| view! { <PublishRefusal error/> })}
            {move || too_long.get().then(|| view! { <p role="alert" class="field-error">{td_string!(locale, loops.limit)}</p> })}
            <div class="field">
                <label for="publish-comment">{td_string!(locale, loops.comment)}</label>
                <input
                    class="input"
                    id="publish-comment"
                    aria-describedby="publish-comment-help"
                    autocomplete="off"
                    maxlength=api::limit::NAME_CHARACTERS.to_string()
                    bind:value=comment
                />
                <p class="field-help" id="publish-comment-help">{td_string!(locale, loops.comment_help)}</p>
            </div>
            <div class="flex flex-wrap items-center gap-2">
                <Button
                    label=label
                    role="submit"
                    kind=ButtonKind::Primary
                    glyph=Glyph::Send
                    disabled=Signal::derive(move || pending.get() || nothing_new() || too_long.get())
                />
                {move || (waiting.get() > 0).then(|| view! {
                    <Button label=td_string!(locale, loops.reset).to_owned() kind=ButtonKind::Ghost on:click=move |_| editing.reset()/>
                })}
                {move || nothing_new().then(|| view! { <span class="quiet text-sm">{td_string!(locale, loops.unchanged)}</span> })}
            </div>
        </form>
    }
}

/// After a publication: the loop as it stands is the published one.
fn settle(
    editing: Editing,
    publish: ServerAction<Publish>,
    comment: RwSignal<String>,
    published: RwSignal<u32>,
) {
    let locale = use_locale();
    let toasts = use_toasts();
    Effect::new(move || {
        if let Some(Ok(version)) = publish.value().get() {
            editing.settle(&version);
            comment.set(String::new());
            published.update(|count| *count += 1);
            let words = td_string!(locale, loops.published, version = version.version);
            toasts.done(words);
        }
    });
}

#[component]
fn PublishRefusal(error: ApiError) -> impl IntoView {
    let locale = use_locale();
    let reload = (error.code == ErrorCode::ConfigurationChanged).then(|| {
        view! {
            <Button
                label=td_string!(locale, loops.reload).to_owned()
                size=ButtonSize::Small
                on:click=move |_| browser::reload()
            />
        }
    });
    view! {
        <div role="alert" class="panel panel-error p-3 flex flex-wrap items-center gap-3">
            <Icon glyph=Glyph::Warning/>
            <p class="min-w-0 flex-1">{error.message}</p>
            {reload}
        </div>
    }
}
