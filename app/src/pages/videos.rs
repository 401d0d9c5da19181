//! `/videos`: the library and its uploads.

mod card;
mod drop;
mod unfinished;
mod upload_words;
mod uploads;

use api::page::Page;
use api::permission::Permission;
use api::video::{Video, VideoFilter, VideoOrder};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::backend::videos::list_videos;
use crate::components::{
    Empty, Glyph, LinkButton, Load, PageHead, Pager, Place, QueryForm, SearchField, Skeleton,
};
use crate::fetch::fetch;
use crate::format::number;
use crate::i18n::Locale;
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::session::Allowed;
use crate::state::uploads::use_uploads;

use card::VideoCard;
pub use card::frame_rate;
use drop::{DropTile, UploadButton};
use unfinished::UnfinishedUploads;
use uploads::UploadList;

/// Values and orders of the select.
const ORDERS: [(&str, VideoOrder); 3] = [
    ("newest", VideoOrder::Newest),
    ("name", VideoOrder::Name),
    ("longest", VideoOrder::Longest),
];

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
    view! {
        <PageHead title=td_string!(locale, videos.title).to_owned()>
            <Allowed permission=Permission::ManageVideos>
                <UploadButton/>
            </Allowed>
        </PageHead>
        <Filters filter/>
        <div class="grid xl:grid-cols-[minmax(0,1fr)_auto] gap-6 items-start">
            <Load resource=videos skeleton=Skeleton::Cards let:page>
                <Grid page filter=filter.get_untracked()/>
            </Load>
            <div class="grid gap-6 min-w-0">
                <UploadList/>
                <Allowed permission=Permission::ManageVideos>
                    <UnfinishedUploads/>
                </Allowed>
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
    let nothing = (total == 0).then(|| nothing(locale, filter.search.is_some()));
    let cards: Vec<_> = page
        .items
        .into_iter()
        .map(|video| view! { <VideoCard video/> })
        .collect();
    let href = Callback::new(move |page| address(&filter, page));
    view! {
        <div class="min-w-0">
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

#[component]
fn Filters(filter: Memo<VideoFilter>) -> impl IntoView {
    let locale = use_locale();
    let search = Signal::derive(move || filter.get().search.unwrap_or_default());
    let choices: Vec<_> = ORDERS
        .into_iter()
        .map(|(value, order)| {
            let selected = move || filter.get().order == order;
            view! { <option value=value selected=selected>{order_words(locale, order)}</option> }
        })
        .collect();
    // As text: browsers with script do not parse what stands in here.
    let apply = format!(
        "<button class=\"btn btn-sm\">{}</button>",
        td_string!(locale, sites.apply)
    );
    let submit = move |event| {
        if let Some(form) = event_target::<web_sys::HtmlSelectElement>(&event).form() {
            let _ = form.request_submit();
        }
    };
    view! {
        <QueryForm action="/videos" place=Place::Same>
            <div class="flex flex-wrap gap-2 mb-4">
                <SearchField id="videos-search" label=td_string!(locale, videos.search) value=search/>
                <select
                    class="select select-sm w-auto"
                    name="order"
                    aria-label=td_string!(locale, videos.order)
                    on:change=submit
                >
                    {choices}
                </select>
                <noscript inner_html=apply></noscript>
            </div>
        </QueryForm>
    }
}

fn filter_of(parameters: &ParamsMap) -> VideoFilter {
    let order = query::text(parameters, "order");
    let known = ORDERS
        .into_iter()
        .find(|(value, _)| Some(*value) == order.as_deref());
    VideoFilter {
        search: query::text(parameters, "search"),
        order: known.map(|(_, order)| order).unwrap_or_default(),
        page: query::value(parameters, "page"),
        per_page: None,
    }
}

fn order_words(locale: Locale, order: VideoOrder) -> &'static str {
    match order {
        VideoOrder::Newest => td_string!(locale, videos.newest),
        VideoOrder::Name => td_string!(locale, videos.by_name),
        VideoOrder::Longest => td_string!(locale, videos.longest),
    }
}

fn address(filter: &VideoFilter, page: u64) -> String {
    let order = ORDERS.into_iter().find(|(_, order)| *order == filter.order);
    query::address(
        "/videos",
        &[
            ("search", filter.search.clone()),
            ("order", order.map(|(value, _)| value.to_owned())),
            ("page", Some(page.to_string())),
        ],
    )
}
