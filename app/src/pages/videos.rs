//! `/videos`: the library and its uploads.

mod card;
mod drop;
mod filters;
mod strangers;
mod unfinished;
mod upload_words;
mod uploads;

use api::page::Page;
use api::permission::Permission;
use api::video::{Video, VideoFilter};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use crate::backend::videos::list_videos;
use crate::components::{Empty, Glyph, LinkButton, Load, PageHead, Pager, Skeleton};
use crate::fetch::fetch;
use crate::format::number;
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::session::Allowed;
use crate::state::uploads::use_uploads;

use card::VideoCard;
pub use card::frame_rate;
use drop::{DropTile, UploadButton};
use filters::{Filters, address, filter_of};
use strangers::{StorageNotice, strangers};
use unfinished::{UnfinishedUploads, unfinished_uploads};
use uploads::UploadList;

/// The library.
#[component]
pub fn VideosPage() -> impl IntoView {
    let locale = use_locale();
    let parameters = use_query_map();
    let uploads = use_uploads();
    let filter = Memo::new(move |_| parameters.with(filter_of));
    // The list follows the uploads of this tab.
    let videos = fetch(move || {
        uploads.finished();
        list_videos(filter.get())
    });
    // Asked for here: what is asked for inside of what waits is mixed up when the page wakes.
    let unfinished = unfinished_uploads();
    let found = strangers();
    view! {
        <PageHead title=td_string!(locale, videos.title).to_owned()>
            <Allowed permission=Permission::ManageVideos>
                <UploadButton/>
            </Allowed>
        </PageHead>
        <Allowed permission=Permission::ManageVideos>
            <StorageNotice found/>
        </Allowed>
        <Filters filter/>
        // What is under way comes first; where there is room, at the right.
        <div class="grid xl:grid-cols-[minmax(0,1fr)_auto] gap-6 items-start">
            <div class="grid gap-6 min-w-0 empty:hidden xl:col-start-2">
                <UploadList/>
                <Allowed permission=Permission::ManageVideos>
                    <UnfinishedUploads unfinished/>
                </Allowed>
            </div>
            <div class="min-w-0 xl:col-start-1 xl:row-start-1">
                <Load resource=videos skeleton=Skeleton::Cards let:page>
                    <Grid page filter=filter.get_untracked()/>
                </Load>
            </div>
        </div>
    }
}

#[component]
fn Grid(page: Page<Video>, filter: VideoFilter) -> impl IntoView {
    let locale = use_locale();
    let (total, number_, pages) = (page.total, page.page, page.pages());
    let words = td_string!(
        locale,
        videos.count,
        count = total,
        number = number(locale, total)
    );
    let searched = filter.search.is_some() || filter.tag.is_some() || filter.state.is_some();
    let nothing = (total == 0).then(|| nothing(locale, searched));
    let cards: Vec<_> = page
        .items
        .into_iter()
        .map(|video| view! { <VideoCard video/> })
        .collect();
    let href = Callback::new(move |page| address(&filter, page));
    view! {
        <div>
            <p class="quiet mb-4" role="status">{words}</p>
            <ul class="grid grid-cols-2 md:grid-cols-3 2xl:grid-cols-4 gap-x-5 gap-y-7">
                <Allowed permission=Permission::ManageVideos>
                    <li class="min-w-0"><DropTile/></li>
                </Allowed>
                {cards}
            </ul>
            {nothing}
            <Pager page=number_ pages href/>
        </div>
    }
}

fn nothing(locale: Locale, searched: bool) -> AnyView {
    let (title, text) = if searched {
        (
            td_string!(locale, videos.none_found),
            td_string!(locale, videos.none_found_text),
        )
    } else {
        (
            td_string!(locale, videos.none),
            td_string!(locale, videos.none_text),
        )
    };
    let clear = searched
        .then(|| view! { <LinkButton href="/videos" label=td_string!(locale, sites.clear)/> });
    view! {
        <div class="mt-6">
            <Empty glyph=Glyph::Film title text>{clear}</Empty>
        </div>
    }
    .into_any()
}
