use api::site::{OnScreen, Screen, Site};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{
    Ago, ButtonKind, Empty, Glyph, Icon, LinkButton, Panel, SiteState, StateMark, Thumb,
};
use crate::format::{length, number};
use crate::state::language::use_locale;

/// What the TVs show now.
#[component]
pub(super) fn Tiles(
    sites: Vec<Site>,
    /// How many sites there are in all.
    all: u64,
) -> impl IntoView {
    let locale = use_locale();
    let count = number(locale, all);
    let words = td_string!(locale, home.all_sites, count = all, number = count);
    let aside =
        view! { <a class="link link-hover text-sm ml-auto text-primary" href="/sites">{words}</a> };
    let content = if sites.is_empty() {
        view! {
            <Empty
                glyph=Glyph::Monitor
                title=td_string!(locale, sites.none)
                text=td_string!(locale, sites.none_text)
            >
                <LinkButton
                    href="/sites/new"
                    label=td_string!(locale, sites.first)
                    kind=ButtonKind::Primary
                    glyph=Glyph::Plus
                />
            </Empty>
        }
        .into_any()
    } else {
        // A small fleet fills its panel too.
        let columns = match sites.len() {
            1 => "grid-cols-1 max-w-3xl",
            2 => "grid-cols-1 sm:grid-cols-2",
            _ => "grid-cols-2 md:grid-cols-3",
        };
        let tiles: Vec<_> = sites
            .into_iter()
            .map(|site| view! { <Tile site/> })
            .collect();
        view! { <ul class=format!("grid gap-x-5 gap-y-6 {columns}")>{tiles}</ul> }.into_any()
    };
    let aside = (all > 0).then_some(aside).into_any();
    view! {
        <Panel id="now" title=td_string!(locale, home.now) aside=aside>
            {content}
        </Panel>
    }
}

#[component]
fn Tile(site: Site) -> impl IntoView {
    let state = SiteState::of(&site);
    let video = site
        .on_screen
        .clone()
        .filter(|_| site.screen == Screen::Playing);
    let below = [
        Some(site.club.clone()),
        video.as_ref().map(|video| video.name.clone()),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" · ");
    view! {
        <li class="min-w-0">
            <a href=format!("/sites/{}", site.id) class="block group">
                <Picture state video last_seen=site.last_seen/>
                <span class="block font-medium truncate mt-2 group-hover:underline" title=site.name.clone()>
                    {site.name.clone()}
                </span>
                <span class="block quiet text-sm truncate" title=below.clone()>{below.clone()}</span>
                <span class="block text-sm mt-1">
                    <StateMark state/>
                </span>
            </a>
        </li>
    }
}

/// The thumbnail of what is on screen, or why there is none.
#[component]
fn Picture(
    state: SiteState,
    #[prop(optional_no_strip)] video: Option<OnScreen>,
    #[prop(optional_no_strip)] last_seen: Option<chrono::DateTime<chrono::Utc>>,
) -> impl IntoView {
    let locale = use_locale();
    match (state, video) {
        (SiteState::Online, Some(video)) => {
            let OnScreen {
                video_id: id,
                has_thumbnail,
                duration_ms,
                ..
            } = video;
            view! { <Thumb id has_thumbnail time=length(duration_ms)/> }.into_any()
        }
        (SiteState::Offline, _) => view! {
            <span class="thumb thumb-none">
                <span class="flex items-center gap-2">
                    <Icon glyph=Glyph::Offline/>
                    {td_string!(locale, home.seen)}
                    {last_seen.map(|at| view! { <Ago at/> })}
                </span>
            </span>
        }
        .into_any(),
        (SiteState::Online | SiteState::ScreenOff | SiteState::Pending, _) => view! {
            <span class="thumb thumb-none">
                <span>{td_string!(locale, home.nothing_on)}</span>
            </span>
        }
        .into_any(),
    }
}
