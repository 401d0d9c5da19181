use std::sync::Arc;

use api::home::Home;
use api::site::{OnScreen, Screen, Site};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{
    Ago, ButtonKind, Empty, Glyph, Icon, LinkButton, Panel, SiteState, SitesInPlace, StateMark,
    Thumb,
};
use crate::format::{length, number};
use crate::state::language::use_locale;

/// What the TVs show now.
#[component]
pub(super) fn Tiles(home: RwSignal<Home>) -> impl IntoView {
    let locale = use_locale();
    let all = Memo::new(move |_| home.with(|home| home.sites));
    let sites = Signal::derive(move || home.with(|home| home.tiles.clone()));
    let is_any = Memo::new(move |_| all.get() > 0);
    let words = move || {
        let number = number(locale, all.get());
        td_string!(locale, home.all_sites, count = all.get(), number)
    };
    let aside = move || {
        is_any.get().then(|| {
            view! { <a class="link link-hover text-sm ml-auto text-primary" href="/sites">{words}</a> }
        })
    };
    let content = move || {
        if !is_any.get() {
            return view! { <NoSite/> }.into_any();
        }
        view! {
            <ul class=move || format!("grid gap-x-5 gap-y-6 {}", columns(all.get()))>
                <SitesInPlace sites let:site>
                    <Tile site/>
                </SitesInPlace>
            </ul>
        }
        .into_any()
    };
    view! {
        <Panel id="now" title=td_string!(locale, home.now) aside=aside.into_any()>
            {content}
        </Panel>
    }
    .into_any()
}

/// A small fleet fills its panel too.
fn columns(sites: u64) -> &'static str {
    match sites {
        1 => "grid-cols-1 max-w-3xl",
        2 => "grid-cols-1 sm:grid-cols-2",
        _ => "grid-cols-2 md:grid-cols-3",
    }
}

#[component]
fn NoSite() -> impl IntoView {
    let locale = use_locale();
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
}

/// Drawn as a whole when something that it shows changed: that costs less than to follow each part.
#[component]
fn Tile(site: Memo<Arc<Site>>) -> impl IntoView {
    let id = site.with_untracked(|site| site.id);
    let shown = Memo::new(move |_| site.with(|site| shown(site)));
    view! {
        <li class="min-w-0">
            <a href=format!("/sites/{id}") class="block group">
                {move || view! { <TileParts site=shown.get()/> }}
            </a>
        </li>
    }
    .into_any()
}

#[component]
fn TileParts(site: Site) -> impl IntoView {
    let state = SiteState::of(&site);
    let video = site.on_screen;
    let parts = [Some(&site.club), video.as_ref().map(|video| &video.name)];
    let parts = parts.into_iter().flatten().map(String::as_str);
    let parts = parts.filter(|part| !part.is_empty());
    let below = parts.collect::<Vec<_>>().join(" · ");
    let (name, title) = (site.name.clone(), site.name);
    let exact = below.clone();
    view! {
        <Picture state video last_seen=site.last_seen/>
        <span class="block font-medium truncate mt-2 group-hover:underline" title=title>{name}</span>
        <span class="block quiet text-sm truncate" title=exact>{below}</span>
        <span class="block text-sm mt-1">
            <StateMark state/>
        </span>
    }
    .into_any()
}

/// A site without what every report changes and its tile does not show.
fn shown(site: &Site) -> Site {
    let video = site.on_screen.clone();
    let video = video.filter(|_| site.screen == Screen::Playing);
    let on_screen = video.map(|video| OnScreen {
        position_ms: 0,
        since: None,
        ..video
    });
    // How old the last report is matters where there is no other.
    let is_offline = SiteState::of(site) == SiteState::Offline;
    Site {
        on_screen,
        last_seen: site.last_seen.filter(|_| is_offline),
        ..site.clone()
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
