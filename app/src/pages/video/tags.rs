use api::id::VideoId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;

use crate::backend::videos::TagVideo;
use crate::browser::Form;
use crate::components::{Button, ButtonKind, Panel, TextField, field_error};
use crate::pages::query;
use crate::state::language::use_locale;

/// Longest text of all tags together: as many and as long as the server takes.
const TYPED_CHARACTERS: usize = 1000;

/// A video's tags, each a way to the other videos that have it.
#[component]
pub(super) fn Tags(tags: Vec<String>, children: Children) -> impl IntoView {
    let locale = use_locale();
    let none = tags
        .is_empty()
        .then(|| view! { <p class="quiet text-sm">{td_string!(locale, video.no_tags)}</p> });
    let links: Vec<_> = tags
        .into_iter()
        .map(|tag| {
            let href = query::address("/videos", &[("tag", Some(tag.clone()))]);
            view! { <li><a class="badge badge-outline" href=href>{tag}</a></li> }
        })
        .collect();
    view! {
        <Panel id="tags" title=td_string!(locale, video.tags)>
            {none}
            <ul class="flex flex-wrap gap-2">{links}</ul>
            {children()}
        </Panel>
    }
}

/// Gives a video other tags.
#[component]
pub(super) fn TagForm(
    id: VideoId,
    /// Its tags between commas.
    typed: String,
    action: ServerAction<TagVideo>,
) -> impl IntoView {
    let locale = use_locale();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let tags = Form::of(&event).text("tags");
        action.dispatch(TagVideo { id, tags });
    };
    let error = Signal::derive(move || {
        action.value().with(|value| match value {
            Some(Err(error)) => {
                field_error(Some(error), "tags").or_else(|| Some(error.message.clone()))
            }
            _ => None,
        })
    });
    view! {
        <form class="mt-4" method="post" action=TagVideo::url() on:submit=send>
            <input type="hidden" name="id" value=id.to_string()/>
            <TextField
                label=td_string!(locale, video.change_tags)
                id="video-tags"
                name="tags"
                value=typed
                help=td_string!(locale, video.tags_help)
                max_length=TYPED_CHARACTERS
                error
            />
            <div class="mt-3">
                <Button
                    label=td_string!(locale, video.save_tags).to_owned()
                    role="submit"
                    kind=ButtonKind::Plain
                    disabled=action.pending()
                />
            </div>
        </form>
    }
}
