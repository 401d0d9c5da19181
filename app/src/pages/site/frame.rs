use api::error::ApiError;
use api::event::Event;
use api::id::SiteId;
use api::site::{Site, SiteDetail};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_params_map};
use leptos_router::params::ParamsMap;

use super::notice::{BoxNotices, MissingFiles};
use crate::backend::sites::get_site;
use crate::browser;
use crate::components::{Ago, Later, Load, Refusals, SiteState, Skeleton, StateMark, TabTitle};
use crate::fetch::{Fetched, fetch};
use crate::live;
use crate::pages::query;
use crate::state::language::use_locale;

/// The site whose tabs are shown.
#[derive(Clone, Copy)]
pub(super) struct SiteData {
    parameters: Memo<ParamsMap>,
    /// The site when the page was opened or changed.
    pub detail: Fetched<SiteDetail>,
    newest: RwSignal<Option<SiteDetail>>,
}

impl SiteData {
    /// The id in the address.
    pub fn id(self) -> Result<SiteId, ApiError> {
        self.parameters.with(query::id)
    }

    /// The newest published version, as far as it is known while somebody looks.
    pub fn published_version(self) -> Signal<Option<i32>> {
        Signal::derive(move || {
            let id = self.id().ok()?;
            let newest = self.newest.get().filter(|newest| newest.site.id == id)?;
            newest.site.published_version
        })
    }

    /// The site as it is now; `first` until something newer is known.
    pub fn follow(self, first: SiteDetail) -> Signal<SiteDetail> {
        Signal::derive(move || {
            let newest = self.newest.get();
            newest
                .filter(|newest| newest.site.id == first.site.id)
                .unwrap_or_else(|| first.clone())
        })
    }
}

/// The site whose tabs are shown.
///
/// # Panics
/// Outside of [`SitePage`], which provides it.
pub(super) fn use_site() -> SiteData {
    use_context().expect("SitePage provides the site")
}

/// Head and tabs of a site; each tab is a route inside.
#[component]
pub fn SitePage() -> impl IntoView {
    let parameters = use_params_map();
    let path = use_location().pathname;
    // Saving the details comes back to this page: ask anew on each tab.
    let detail = fetch(move || {
        path.track();
        let id = parameters.with(query::id);
        async move { get_site(id?).await }
    });
    let newest = RwSignal::new(None);
    let data = SiteData {
        parameters,
        detail,
        newest,
    };
    provide_context(data);
    let id = move || parameters.with_untracked(query::id);
    let concerns = move |event: Event| match event {
        Event::SiteChanged { site } | Event::SiteReported { site } => id() == Ok(site),
        _ => false,
    };
    live::follow(
        newest,
        move || {
            let id = id();
            async move { Ok(Some(get_site(id?).await?)) }
        },
        concerns,
    );
    view! {
        // Where there is no such site, the tab says so.
        <Load resource=detail skeleton=Skeleton::Nothing refusals=Refusals::Silent let:detail>
            <Head detail=data.follow(detail)/>
        </Load>
        <Outlet/>
    }
}

#[component]
fn Head(detail: Signal<SiteDetail>) -> impl IntoView {
    let locale = use_locale();
    let name = Memo::new(move |_| detail.with(|detail| detail.site.name.clone()));
    let place = Memo::new(move |_| detail.with(|detail| place(&detail.site)));
    let state = Memo::new(move |_| detail.with(|detail| SiteState::of(&detail.site)));
    let seen = Memo::new(move |_| detail.with(|detail| detail.site.last_seen));
    let id = detail.with_untracked(|detail| detail.site.id);
    view! {
        <TabTitle title=name.into()/>
        <div class="mb-5 min-w-0">
            <p class="quiet text-sm">
                <a class="link link-hover" href="/sites">{td_string!(locale, nav.sites)}</a>
            </p>
            <h1 class="text-3xl font-semibold mt-1 wrap-anywhere">{name}</h1>
            <p class="mt-1 flex flex-wrap items-center gap-x-3">
                {move || view! { <StateMark state=state.get()/> }}
                <span class="quiet wrap-anywhere">{place}</span>
                {move || seen.get().map(|at| view! {
                    <span class="quiet">{td_string!(locale, site.seen)} " " <Ago at/></span>
                })}
            </p>
        </div>
        <Later>
            <Tabs id/>
        </Later>
        <BoxNotices detail id/>
        <MissingFiles detail/>
    }
}

fn place(site: &Site) -> String {
    [site.club.as_str(), site.city.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Id of the row of tabs.
const TABS: &str = "site-tabs";

#[component]
fn Tabs(id: SiteId) -> impl IntoView {
    let locale = use_locale();
    let path = use_location().pathname;
    // A phone has no room for all of them.
    Effect::new(move || {
        path.track();
        browser::after_paint(|| browser::show_current(TABS));
    });
    let tab = move |href: String, words: &'static str| {
        let here = href.clone();
        let current = move || path.with(|path| *path == here).then_some("page");
        let there = href.clone();
        let active = move || path.with(|path| *path == there);
        view! {
            <a class="tab" class:tab-active=active href=href aria-current=current>{words}</a>
        }
    };
    view! {
        <nav id=TABS class="tabs tabs-border tabs-line mb-5" aria-label=td_string!(locale, site.tabs)>
            {tab(format!("/sites/{id}"), td_string!(locale, site.programme))}
            {tab(format!("/sites/{id}/plays"), td_string!(locale, site.plays))}
            {tab(format!("/sites/{id}/health"), td_string!(locale, site.health))}
            {tab(format!("/sites/{id}/player"), td_string!(locale, keys.tab))}
            {tab(format!("/sites/{id}/versions"), td_string!(locale, site.versions))}
            {tab(format!("/sites/{id}/edit"), td_string!(locale, site.details))}
        </nav>
    }
}
