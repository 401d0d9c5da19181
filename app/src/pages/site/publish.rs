use api::configuration::NewConfiguration;
use api::error::{ApiError, ErrorCode};
use api::limit::LOOP_VIDEOS;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::editing::Editing;
use crate::backend::configurations::Publish;
use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::format::number;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Publications of the loop, one at a time.
#[derive(Clone, Copy)]
pub(super) struct Publishing {
    /// What is published.
    pub editing: Editing,
    action: ServerAction<Publish>,
    pending: Memo<bool>,
}

impl Publishing {
    /// Ready to publish; `published` counts what was.
    pub fn start(editing: Editing, published: RwSignal<u32>) -> Self {
        let (locale, toasts) = (use_locale(), use_toasts());
        let action = ServerAction::<Publish>::new();
        Effect::new(move || match action.value().get() {
            Some(Ok(version)) => {
                editing.settle(&version);
                published.update(|count| *count += 1);
                let words = td_string!(locale, loops.published, version = version.version);
                toasts.done(words);
            }
            Some(Err(error)) => editing.missing.set(missing(&error)),
            None => {}
        });
        Self {
            editing,
            action,
            pending: action.pending(),
        }
    }

    /// Publishes the loop as it stands, on top of the version that it is compared with.
    pub fn send(self) {
        let Self {
            editing, action, ..
        } = self;
        editing.missing.set(Vec::new());
        action.dispatch(Publish {
            site: editing.site,
            new: NewConfiguration {
                base_version: editing.base.with_untracked(|base| base.version),
                videos: editing
                    .items
                    .with_untracked(|items| items.iter().map(|item| item.video.id).collect()),
                comment: editing.comment.get_untracked(),
            },
        });
    }

    /// Whether the server is asked.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Why the last publication was refused.
    pub fn refusal(self) -> Option<ApiError> {
        self.action.value().get().and_then(Result::err)
    }

    /// Whether it was refused because somebody else published.
    pub fn is_outrun(self) -> bool {
        self.refusal()
            .is_some_and(|error| error.code == ErrorCode::ConfigurationChanged)
    }

    /// Forgets the last refusal: it was answered.
    pub fn clear(self) {
        self.action.clear();
    }
}

/// Places of a refused loop whose videos are gone: fields `videos.3`.
fn missing(error: &ApiError) -> Vec<u32> {
    let place = |field: &str| field.strip_prefix("videos.")?.parse().ok();
    error
        .fields
        .iter()
        .filter_map(|refused| place(&refused.field))
        .collect()
}

/// Publishes the loop with a comment. Refusals are shown and change nothing.
#[component]
pub(super) fn PublishForm(
    editing: Editing,
    waiting: Memo<usize>,
    publishing: Publishing,
) -> impl IntoView {
    let locale = use_locale();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        publishing.send();
    };
    let pending = publishing.pending;
    let waits = move || waiting.get() > 0;
    // A first, empty loop may be published too: it says that the TV shows nothing.
    let nothing_new =
        move || waiting.get() == 0 && editing.base.with(|base| base.version.is_some());
    let too_long = Memo::new(move |_| editing.items.with(Vec::len) > LOOP_VIDEOS);
    let label = Signal::derive(move || {
        if pending.get() {
            return td_string!(locale, loops.publishing).to_owned();
        }
        let count = waiting.get() as u64;
        td_string!(locale, loops.publish, count, number = number(locale, count))
    });
    view! {
        <form class="publish" class:publish-waits=waits on:submit=submit>
            <PublishRefusal publishing/>
            {move || too_long.get().then(|| view! { <p role="alert" class="field-error">{td_string!(locale, loops.limit)}</p> })}
            <CommentField editing/>
            <div class="publish-foot">
                <Button
                    label=label
                    role="submit"
                    kind=ButtonKind::Primary
                    glyph=Glyph::Send
                    disabled=Signal::derive(move || pending.get() || nothing_new() || too_long.get())
                />
                {move || nothing_new().then(|| view! { <span class="quiet text-sm">{td_string!(locale, loops.unchanged)}</span> })}
            </div>
            {move || waits().then(|| view! {
                <div class="publish-reset">
                    <Button label=td_string!(locale, loops.reset).to_owned() kind=ButtonKind::Ghost on_click=move |_| editing.reset()/>
                </div>
            })}
        </form>
    }
}

#[component]
fn CommentField(editing: Editing) -> impl IntoView {
    let locale = use_locale();
    let comment = editing.comment;
    view! {
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
    }
}

/// Why nothing was published. That somebody else did is told elsewhere, with what they did.
#[component]
fn PublishRefusal(publishing: Publishing) -> impl IntoView {
    let refusal = move || {
        let error = publishing.refusal().filter(|_| !publishing.is_outrun())?;
        Some(view! {
            <div role="alert" class="panel panel-error p-3 flex flex-wrap items-center gap-3">
                <Icon glyph=Glyph::Warning/>
                <p class="min-w-0 flex-1">{error.message}</p>
            </div>
        })
    };
    view! { {refusal} }
}
