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

/// Each part is drawn anew only when what it shows changed.
#[component]
fn Tile(site: Memo<Site>) -> impl IntoView {
    let id = site.with_untracked(|site| site.id);
    let name = Memo::new(move |_| site.with(|site| site.name.clone()));
    let state = Memo::new(move |_| site.with(SiteState::of));
    let seen = Memo::new(move |_| site.with(|site| site.last_seen));
    let video = Memo::new(move |_| site.with(shown));
    let below = Memo::new(move |_| {
        let club = site.with(|site| site.club.clone());
        let video = video.get().map(|video| video.name);
        let parts = [Some(club), video].into_iter().flatten();
        let parts = parts.filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    });
    let picture = move || {
        let state = state.get();
        // How old the last report is matters where there is no other.
        let last_seen = if state == SiteState::Offline {
            seen.get()
        } else {
            None
        };
        view! { <Picture state video=video.get() last_seen/> }
    };
    view! {
        <li class="min-w-0">
            <a href=format!("/sites/{id}") class="block group">
                {picture}
                <span class="block font-medium truncate mt-2 group-hover:underline" title=name>
                    {name}
                </span>
                <span class="block quiet text-sm truncate" title=below>{below}</span>
                <span class="block text-sm mt-1">
                    {move || view! { <StateMark state=state.get()/> }}
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// The video on screen, without what every report changes.
fn shown(site: &Site) -> Option<OnScreen> {
    let video = site.on_screen.clone();
    let video = video.filter(|_| site.screen == Screen::Playing)?;
    Some(OnScreen {
        position_ms: 0,
        since: None,
        ..video
    })
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
