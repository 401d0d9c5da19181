//! `/videos/{id}`: preview, facts, name, tags, time on screen, sites, plays; deleting.

mod delete;
mod duration;
mod facts;
mod missing;
mod preview;
mod rename;
mod sites;
mod tags;

use api::id::VideoId;
use api::permission::Permission;
use api::video::{Video, VideoKind, VideoSite};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_params_map;

use crate::backend::videos::{
    RenameVideo, SetVideoDuration, TagVideo, get_video, list_video_sites,
};
use crate::components::{Load, PageHead};
use crate::fetch::{Fetched, fetch};
use crate::pages::plays::{PlayReportPanel, Scope};
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

use delete::Delete;
use duration::Duration;
use facts::Facts;
use missing::MissingNotice;
use preview::Preview;
use rename::Rename;
use sites::Sites;
use tags::{TagForm, Tags};

/// What can be changed here.
#[derive(Clone, Copy)]
struct Changes {
    rename: ServerAction<RenameVideo>,
    tag: ServerAction<TagVideo>,
    duration: ServerAction<SetVideoDuration>,
}

/// One video.
#[component]
pub fn VideoPage() -> impl IntoView {
    let parameters = use_params_map();
    // Leaving the page tells the same id once more: that is no reason to ask again.
    let id = Memo::new(move |_| parameters.with(query::id::<VideoId>));
    let changes = Changes {
        rename: ServerAction::new(),
        tag: ServerAction::new(),
        duration: ServerAction::new(),
    };
    let video = fetch(move || {
        changes.rename.version().track();
        changes.tag.version().track();
        changes.duration.version().track();
        let id = id.get();
        async move { get_video(id?).await }
    });
    let sites = fetch(move || {
        let id = id.get();
        async move { list_video_sites(id?).await }
    });
    view! {
        <Load resource=video let:video>
            <VideoView video sites changes/>
        </Load>
    }
}

#[component]
fn VideoView(video: Video, sites: Fetched<Vec<VideoSite>>, changes: Changes) -> impl IntoView {
    let locale = use_locale();
    let (id, name, typed) = (video.id, video.name.clone(), video.tags.join(", "));
    let Changes {
        rename,
        tag,
        duration,
    } = changes;
    let missing = video.missing_since;
    let (is_picture, duration_ms) = (video.kind == VideoKind::Picture, video.duration_ms);
    view! {
        <PageHead
            title=video.name.clone()
            above=view! { <a class="link link-hover" href="/videos">{td_string!(locale, nav.videos)}</a> }.into_any()
        />
        {missing.map(|since| view! { <MissingNotice since/> })}
        <div class="grid lg:grid-cols-[minmax(0,1fr)_360px] gap-6 items-start mb-8">
            <div class="grid gap-6 min-w-0">
                <Preview video=video.clone()/>
                <Sites sites/>
            </div>
            <div class="grid gap-6 min-w-0">
                <Facts video=video.clone()/>
                <Allowed permission=Permission::ManageVideos>
                    {is_picture.then(|| view! { <Duration id duration_ms action=duration/> })}
                </Allowed>
                <Tags tags=video.tags.clone()>
                    <Allowed permission=Permission::ManageVideos>
                        <TagForm id typed=typed.clone() action=tag/>
                    </Allowed>
                </Tags>
                <Allowed permission=Permission::ManageVideos>
                    <Rename id name=name.clone() rename/>
                    <Delete video=video.clone() sites/>
                </Allowed>
            </div>
        </div>
        <h2 class="text-xl font-semibold mb-4">{td_string!(locale, video.plays)}</h2>
        <PlayReportPanel scope=Scope::Video(id)/>
    }
}
