use std::sync::Arc;

use api::event::Event;
use api::page::Page;
use api::site::{Site, SiteFilter};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::sites::list_sites;
use crate::components::{
    Ago, ButtonKind, Empty, Glyph, Icon, LinkButton, Pager, SiteState, SitesInPlace, StateMark,
};
use crate::format::number;
use crate::live;
use crate::pages::query;
use crate::state::language::use_locale;

/// A page of the sites, or what to do where there are none. Follows the fleet.
#[component]
pub(super) fn SiteList(page: Page<Site>, filter: SiteFilter) -> impl IntoView {
    let locale = use_locale();
    let asked = filter.clone();
    let page = RwSignal::new(page);
    live::follow(
        page,
        move || list_sites(asked.clone()),
        move |event| concerns(page, event),
    );
    let filter = StoredValue::new(filter);
    let is_any = Memo::new(move |_| page.with(|page| page.total > 0));
    let sites = Signal::derive(move || page.with(|page| page.items.clone()));
    let place = Memo::new(move |_| page.with(|page| (page.page, page.pages())));
    let pager = move || {
        let (page, pages) = place.get();
        let href = Callback::new(move |number| filter.with_value(|f| address(f, number)));
        view! { <Pager page pages href/> }
    };
    let content = move || {
        if !is_any.get() {
            return filter.with_value(nothing).into_any();
        }
        view! { <SiteTable sites/> {pager} }.into_any()
    };
    let count = move || {
        let total = page.with(|page| page.total);
        td_string!(
            locale,
            sites.count,
            count = total,
            number = number(locale, total)
        )
    };
    view! {
        {content}
        <p class="visually-hidden" role="status">{count}</p>
    }
}

/// What any site is may change the list; what a site does changes its row only.
fn concerns(page: RwSignal<Page<Site>>, event: Event) -> bool {
    let is_row = |site| page.with_untracked(|page| page.items.iter().any(|row| row.id == site));
    match event {
        Event::SiteChanged { .. } => true,
        Event::SiteReported { site } => is_row(site),
        Event::PlaysStored { .. }
        | Event::StateChanged { .. }
        | Event::AlertsChanged
        | Event::StorageChanged
        | Event::Resync
        | Event::Other => false,
    }
}

/// A table where there is room, cards on a phone: the same rows, laid out by the stylesheet.
#[component]
fn SiteTable(sites: Signal<Vec<Site>>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="panel">
            <div class="site-head" aria-hidden="true">
                <span>{td_string!(locale, sites.column_site)}</span>
                <span>{td_string!(locale, sites.column_screen)}</span>
                <span>{td_string!(locale, sites.column_state)}</span>
                <span>{td_string!(locale, sites.column_seen)}</span>
            </div>
            <ul class="rows">
                <SitesInPlace sites let:site>
                    <SiteRow site/>
                </SitesInPlace>
            </ul>
        </div>
    }
    .into_any()
}

/// Every report changes most of a row: it is drawn as a whole, which costs less than to follow each of
/// its parts. What stays the same stays as it is on the page.
#[component]
fn SiteRow(site: Memo<Arc<Site>>) -> impl IntoView {
    view! {
        <li class="site-row">
            {move || view! { <SiteCells site=site.get()/> }}
        </li>
    }
    .into_any()
}

#[component]
fn SiteCells(site: Arc<Site>) -> impl IntoView {
    let locale = use_locale();
    let state = SiteState::of(&site);
    let (name, title) = (site.name.clone(), site.name.clone());
    let on_screen = site.on_screen.as_ref().map(|video| video.name.clone());
    let copied = site.clone_seen_at.map(|_| {
        view! {
            <span class="site-copied">
                <Icon glyph=Glyph::Warning/>
                {td_string!(locale, keys.copied)}
            </span>
        }
    });
    let seen = site.last_seen.map(|at| {
        view! {
            <span class="md:hidden">{td_string!(locale, sites.seen)} " "</span>
            <Ago at/>
        }
    });
    view! {
        <a href=format!("/sites/{}", site.id) title=title>
            {name}
        </a>
        <span class="site-place">{place(&site)}</span>
        <span class="site-screen">{on_screen}</span>
        <StateMark state/>
        {copied}
        <span class="site-seen">{seen}</span>
    }
    .into_any()
}

fn place(site: &Site) -> String {
    let parts = [site.club.as_str(), site.city.as_str()].into_iter();
    let parts = parts.filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn nothing(filter: &SiteFilter) -> impl IntoView + use<> {
    let locale = use_locale();
    let filtered = filter.search.is_some() || filter.status.is_some();
    if filtered {
        return view! {
            <Empty
                glyph=Glyph::Search
                title=td_string!(locale, sites.none_found)
                text=td_string!(locale, sites.none_found_text)
            >
                <LinkButton href="/sites" label=td_string!(locale, sites.clear)/>
            </Empty>
        }
        .into_any();
    }
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

fn address(filter: &SiteFilter, page: u64) -> String {
    query::address(
        "/sites",
        &[
            ("search", filter.search.clone()),
            (
                "status",
                filter.status.map(|status| status.as_str().to_owned()),
            ),
            ("page", Some(page.to_string())),
            ("per_page", filter.per_page.map(|rows| rows.to_string())),
        ],
    )
}
