//! `/sites` and `/sites/new`.

mod closures;
mod form;
mod hours;
mod list;
mod zones;

pub use form::{EditSiteForm, NewSitePage};

use api::permission::Permission;
use api::site::{SiteFilter, SiteStatus};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::backend::sites::list_sites;
use crate::components::{
    ButtonKind, Glyph, LinkButton, Load, PageHead, Place, QueryForm, SearchField,
};
use crate::fetch::fetch;
use crate::i18n::Locale;
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

use list::SiteList;

const STATUSES: [SiteStatus; 3] = [SiteStatus::Online, SiteStatus::Offline, SiteStatus::Pending];

/// The sites.
#[component]
pub fn SitesPage() -> impl IntoView {
    let locale = use_locale();
    let parameters = use_query_map();
    let filter = Memo::new(move |_| parameters.with(filter_of));
    let sites = fetch(move || list_sites(filter.get()));
    view! {
        <PageHead title=td_string!(locale, sites.title).to_owned()>
            <Allowed permission=Permission::PairPlayers>
                <LinkButton href="/pair" label=td_string!(locale, sites.pair) glyph=Glyph::Link/>
            </Allowed>
            <Allowed permission=Permission::ManageSites>
                <LinkButton
                    href="/sites/new"
                    label=td_string!(locale, sites.new)
                    kind=ButtonKind::Primary
                    glyph=Glyph::Plus
                />
            </Allowed>
        </PageHead>
        <Filters filter/>
        <Load resource=sites let:page>
            <SiteList page filter=filter.get_untracked()/>
        </Load>
    }
}

#[component]
fn Filters(filter: Memo<SiteFilter>) -> impl IntoView {
    let locale = use_locale();
    let search = Signal::derive(move || filter.get().search.unwrap_or_default());
    let choices: Vec<_> = STATUSES
        .into_iter()
        .map(|status| {
            let selected = move || filter.get().status == Some(status);
            view! {
                <option value=status.as_str() selected=selected>
                    {status_words(locale, status)}
                </option>
            }
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
        <QueryForm action="/sites" place=Place::Same>
            <div class="flex flex-wrap gap-2 mb-5">
                <SearchField
                    id="sites-search"
                    label=td_string!(locale, sites.search)
                    value=search
                />
                <select
                    class="select select-sm w-auto"
                    name="status"
                    aria-label=td_string!(locale, sites.status)
                    on:change=submit
                >
                    <option value="">{td_string!(locale, sites.status_any)}</option>
                    {choices}
                </select>
                <noscript inner_html=apply></noscript>
            </div>
        </QueryForm>
    }
}

fn filter_of(parameters: &ParamsMap) -> SiteFilter {
    let status = query::text(parameters, "status");
    SiteFilter {
        search: query::text(parameters, "search"),
        status: STATUSES
            .into_iter()
            .find(|known| Some(known.as_str()) == status.as_deref()),
        page: query::value(parameters, "page"),
        per_page: query::value(parameters, "per_page"),
    }
}

fn status_words(locale: Locale, status: SiteStatus) -> &'static str {
    match status {
        SiteStatus::Pending => td_string!(locale, state.pending),
        SiteStatus::Online => td_string!(locale, state.online),
        SiteStatus::Offline => td_string!(locale, state.offline),
    }
}
