use api::page::Page;
use api::site::{Site, SiteFilter};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::sites::list_sites;
use crate::components::{
    Ago, ButtonKind, Empty, Glyph, Icon, LinkButton, Pager, SiteState, StateMark,
};
use crate::live;
use crate::pages::query;
use crate::state::language::use_locale;

/// A page of the sites, or what to do where there are none. Follows the fleet.
#[component]
pub(super) fn SiteList(page: Page<Site>, filter: SiteFilter) -> impl IntoView {
    let locale = use_locale();
    let asked = filter.clone();
    let page = live::follow(page, move || list_sites(asked.clone()));
    let filter = StoredValue::new(filter);
    view! {
        {move || {
            page.with(|page| {
                if page.total == 0 {
                    return filter.with_value(nothing).into_any();
                }
                view! {
                    <SiteTable sites=page.items.clone()/>
                    <Pager
                        page=page.page
                        pages=page.pages()
                        href=Callback::new(move |number| filter.with_value(|f| address(f, number)))
                    />
                }
                    .into_any()
            })
        }}
        <p class="visually-hidden" role="status">
            {move || page.with(|page| td_string!(
                locale, sites.count, count = page.total, number = crate::format::number(locale, page.total)
            ))}
        </p>
    }
}

/// A table where there is room, cards on a phone: the same rows, laid out by the stylesheet.
#[component]
fn SiteTable(sites: Vec<Site>) -> impl IntoView {
    let locale = use_locale();
    let rows: Vec<_> = sites
        .into_iter()
        .map(|site| view! { <SiteRow site/> })
        .collect();
    view! {
        <div class="panel">
            <div
                class="hidden md:grid grid-cols-[minmax(0,2fr)_minmax(0,2fr)_11rem_9rem] gap-4 px-5 py-3 text-sm quiet border-b border-base-300"
                aria-hidden="true"
            >
                <span>{td_string!(locale, sites.column_site)}</span>
                <span>{td_string!(locale, sites.column_screen)}</span>
                <span>{td_string!(locale, sites.column_state)}</span>
                <span>{td_string!(locale, sites.column_seen)}</span>
            </div>
            <ul class="rows">{rows}</ul>
        </div>
    }
}

#[component]
fn SiteRow(site: Site) -> impl IntoView {
    let locale = use_locale();
    let state = SiteState::of(&site);
    let copied = site.clone_seen_at.is_some();
    let on_screen = site.on_screen.map(|video| video.name);
    let place = [site.club, site.city]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li class="relative grid gap-x-4 gap-y-1 px-5 py-3 hover:bg-base-200 md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_11rem_9rem] md:items-center">
            <span class="min-w-0">
                <a
                    class="font-medium block truncate after:absolute after:inset-0"
                    href=format!("/sites/{}", site.id)
                    title=site.name.clone()
                >
                    {site.name.clone()}
                </a>
                <span class="quiet text-sm block truncate">{place}</span>
            </span>
            <span class="quiet text-sm truncate">{on_screen}</span>
            <span class="text-sm">
                <StateMark state/>
                {copied.then(|| view! {
                    <span class="flex items-center gap-2 text-error">
                        <Icon glyph=Glyph::Warning/>
                        {td_string!(locale, keys.copied)}
                    </span>
                })}
            </span>
            <span class="quiet text-sm">
                {site
                    .last_seen
                    .map(|at| {
                        view! {
                            <span class="md:hidden">{td_string!(locale, sites.seen)} " "</span>
                            <Ago at/>
                        }
                    })}
            </span>
        </li>
    }
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
