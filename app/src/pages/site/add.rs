use std::time::Duration;

use api::error::ApiError;
use api::page::Page;
use api::video::{Video, VideoFilter};
use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::editing::Editing;
use crate::backend::videos::list_videos;
use crate::components::{ButtonSize, Dialog, Glyph, Icon, LinkButton, Load, Thumb};
use crate::fetch::fetch;
use crate::format::length;
use crate::state::language::use_locale;

/// Typing pauses this long before the list follows.
const PAUSE: Duration = Duration::from_millis(200);
/// Videos shown at once; the search finds the others.
const SHOWN: u32 = 60;

/// Chooses videos of the library for the end of the loop; stays open for several.
#[component]
pub(super) fn AddDialog(
    editing: Editing,
    dialog: NodeRef<html::Dialog>,
    /// Whether it was opened: before, nothing is fetched.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let search = RwSignal::new(String::new());
    let videos = fetch(move || {
        let search = is_open.get().then(|| search.get());
        async move {
            match search {
                Some(search) => list(search).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let mut follow = debounce(PAUSE, move |text: String| search.set(text));
    let label = td_string!(locale, loops.search);
    view! {
        <Dialog dialog id="add-title" title=td_string!(locale, loops.add)>
            <label class="input input-sm w-full mb-3">
                <Icon glyph=Glyph::Search/>
                <input
                    type="search"
                    placeholder=label
                    aria-label=label
                    autocomplete="off"
                    on:input=move |event| follow(event_target_value(&event))
                />
            </label>
            <p class="visually-hidden" role="status">{editing.said}</p>
            <div class="min-h-80">
                <Load resource=videos let:videos>
                    {videos.map(|page| view! { <Choices editing page/> })}
                </Load>
            </div>
        </Dialog>
    }
}

async fn list(search: String) -> Result<Page<Video>, ApiError> {
    list_videos(VideoFilter {
        search: Some(search).filter(|search| !search.trim().is_empty()),
        per_page: Some(SHOWN),
        ..VideoFilter::default()
    })
    .await
}

#[component]
fn Choices(editing: Editing, page: Page<Video>) -> impl IntoView {
    let locale = use_locale();
    if page.items.is_empty() {
        return view! {
            <div class="grid gap-3 justify-items-start">
                <p class="quiet">{td_string!(locale, loops.none_found)}</p>
                <LinkButton href="/videos" label=td_string!(locale, loops.to_library) size=ButtonSize::Small/>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = page
        .items
        .into_iter()
        .map(|video| view! { <Choice editing video/> })
        .collect();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

#[component]
fn Choice(editing: Editing, video: Video) -> impl IntoView {
    let locale = use_locale();
    let id = video.id;
    let label = td_string!(locale, loops.add_one, name = video.name.as_str());
    let added = StoredValue::new(video.clone());
    let add = move |_| {
        let video = added.get_value();
        let said = td_string!(locale, loops.added, name = video.name.as_str());
        editing.add(video);
        editing.said.set(said);
    };
    let times = move || {
        let times = editing
            .items
            .with(|items| items.iter().filter(|item| item.video.id == id).count());
        (times > 0).then(|| format!("×\u{a0}{times}"))
    };
    view! {
        <li class="flex items-center gap-3 py-2">
            <Thumb id has_thumbnail=video.has_thumbnail class="w-20 shrink-0"/>
            <span class="min-w-0 flex-1">
                <span class="font-medium block truncate" title=video.name.clone()>{video.name.clone()}</span>
                <span class="quiet text-sm">{length(video.duration_ms)}</span>
            </span>
            <span class="quiet text-sm" aria-hidden="true">{times}</span>
            <button type="button" class="btn btn-sm btn-square" title=label.clone() aria-label=label on:click=add>
                <Icon glyph=Glyph::Plus/>
            </button>
        </li>
    }
}
