use api::id::VideoId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;

use crate::backend::videos::RenameVideo;
use crate::browser::Form;
use crate::components::{Button, ButtonKind, Panel, TextField, field_error};
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Gives a video another name.
#[component]
pub(super) fn Rename(
    id: VideoId,
    name: String,
    rename: ServerAction<RenameVideo>,
) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    Effect::new(move |seen: Option<usize>| {
        let version = rename.version().get();
        if seen.is_some_and(|seen| seen != version)
            && rename
                .value()
                .with_untracked(|value| matches!(value, Some(Ok(_))))
        {
            toasts.done(td_string!(locale, video.renamed));
        }
        version
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let name = Form::of(&event).text("name");
        rename.dispatch(RenameVideo { id, name });
    };
    let error = Signal::derive(move || {
        rename.value().with(|value| match value {
            Some(Err(error)) => {
                field_error(Some(error), "name").or_else(|| Some(error.message.clone()))
            }
            _ => None,
        })
    });
    view! {
        <Panel id="rename" title=td_string!(locale, video.rename)>
            <form method="post" action=RenameVideo::url() on:submit=send>
                <input type="hidden" name="id" value=id.to_string()/>
                <TextField
                    label=td_string!(locale, video.name)
                    id="video-name"
                    name="name"
                    value=name
                    error
                    required=true
                />
                <div class="mt-3">
                    <Button
                        label=td_string!(locale, video.rename).to_owned()
                        role="submit"
                        kind=ButtonKind::Plain
                        disabled=rename.pending()
                    />
                </div>
            </form>
        </Panel>
    }
}
