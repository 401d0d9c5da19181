//! `/videos/{id}`: preview, facts, name, plays.

mod facts;
mod preview;

use api::id::VideoId;
use api::permission::Permission;
use api::video::Video;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;
use leptos_router::hooks::use_params_map;

use crate::backend::videos::{RenameVideo, get_video};
use crate::browser::Form;
use crate::components::{Button, ButtonKind, Load, PageHead, Panel, TextField, field_error};
use crate::fetch::fetch;
use crate::pages::plays::{PlayReportPanel, Scope};
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::session::Allowed;
use crate::state::toasts::use_toasts;

use facts::Facts;
use preview::Preview;

/// One video.
#[component]
pub fn VideoPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = move || parameters.with(query::id::<VideoId>);
    let rename = ServerAction::<RenameVideo>::new();
    let video = fetch(move || {
        rename.version().track();
        let id = id();
        async move { get_video(id?).await }
    });
    view! {
        <Load resource=video let:video>
            <VideoView video rename/>
        </Load>
    }
}

#[component]
fn VideoView(video: Video, rename: ServerAction<RenameVideo>) -> impl IntoView {
    let locale = use_locale();
    let id = video.id;
    let name = video.name.clone();
    view! {
        <PageHead
            title=video.name.clone()
            above=view! { <a class="link link-hover" href="/videos">{td_string!(locale, nav.videos)}</a> }.into_any()
        />
        <div class="grid lg:grid-cols-[minmax(0,1fr)_360px] gap-6 items-start mb-8">
            <Preview video=video.clone()/>
            <div class="grid gap-6">
                <Facts video=video.clone()/>
                <Allowed permission=Permission::ManageVideos>
                    <Rename id name=name.clone() rename/>
                </Allowed>
            </div>
        </div>
        <h2 class="text-xl font-semibold mb-4">{td_string!(locale, video.plays)}</h2>
        <PlayReportPanel scope=Scope::Video(id)/>
    }
}

#[component]
fn Rename(id: VideoId, name: String, rename: ServerAction<RenameVideo>) -> impl IntoView {
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
