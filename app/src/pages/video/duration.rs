use api::id::VideoId;
use api::limit::PICTURE_MS;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;

use crate::backend::videos::SetVideoDuration;
use crate::browser::Form;
use crate::components::{Button, ButtonKind, Field, Panel, described_by, field_error};
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Says how long a picture stands on screen.
#[component]
pub(super) fn Duration(
    id: VideoId,
    duration_ms: u64,
    action: ServerAction<SetVideoDuration>,
) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    Effect::new(move |seen: Option<usize>| {
        let version = action.version().get();
        if seen.is_some_and(|seen| seen != version)
            && action
                .value()
                .with_untracked(|value| matches!(value, Some(Ok(_))))
        {
            toasts.done(td_string!(locale, video.duration_saved));
        }
        version
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        // What is no number is refused like a number out of bounds: with the bounds.
        let seconds = Form::of(&event).text("seconds").parse().unwrap_or(0);
        action.dispatch(SetVideoDuration { id, seconds });
    };
    view! {
        <Panel id="duration" title=td_string!(locale, video.on_screen)>
            <form method="post" action=SetVideoDuration::url() on:submit=send>
                <input type="hidden" name="id" value=id.to_string()/>
                <Seconds seconds=duration_ms.div_ceil(1000) action/>
                <div class="mt-3">
                    <Button
                        label=td_string!(locale, video.save_duration).to_owned()
                        role="submit"
                        kind=ButtonKind::Plain
                        disabled=action.pending()
                    />
                </div>
            </form>
        </Panel>
    }
}

#[component]
fn Seconds(seconds: u64, action: ServerAction<SetVideoDuration>) -> impl IntoView {
    const ID: &str = "video-duration";
    let locale = use_locale();
    let error = Signal::derive(move || {
        action.value().with(|value| match value {
            Some(Err(error)) => {
                field_error(Some(error), "duration_ms").or_else(|| Some(error.message.clone()))
            }
            _ => None,
        })
    });
    let help = Some(td_string!(locale, video.duration_help).to_owned());
    view! {
        <Field label=td_string!(locale, video.seconds) id=ID help error>
            <input
                class="input w-28"
                type="number"
                inputmode="numeric"
                id=ID
                name="seconds"
                value=seconds.to_string()
                required=true
                min=(PICTURE_MS.start() / 1000).to_string()
                max=(PICTURE_MS.end() / 1000).to_string()
                step="1"
                autocomplete="off"
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=move || described_by(ID, true, error.get().is_some())
            />
        </Field>
    }
}
