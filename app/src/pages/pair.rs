//! `/pair`: links the screen behind a code to a site.

mod confirm;
mod link;

use api::enrolment::PendingEnrolment;
use api::error::ApiError;
use api::id::SiteId;
use api::site::{Site, SiteFilter, SiteStatus};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use crate::backend::enrolments::find_enrolment;
use crate::backend::sites::{get_site, list_sites};
use crate::components::{Button, ButtonKind, Field, Load, PageHead, Place, QueryForm, Skeleton};
use crate::fetch::fetch;
use crate::pages::query;
use crate::state::language::use_locale;

use confirm::Confirm;

/// Links a screen: the code, then its words, then its site. Opening the page approves nothing.
#[component]
pub fn PairPage() -> impl IntoView {
    let locale = use_locale();
    let parameters = use_query_map();
    let code = Memo::new(move |_| parameters.with(|query| query::text(query, "code")));
    let site = Memo::new(move |_| parameters.with(|query| query::value(query, "site")));
    let found = fetch(move || find(code.get(), site.get()));
    view! {
        <PageHead
            title=td_string!(locale, pair.title).to_owned()
            above=view! { <a class="link link-hover" href="/sites">{td_string!(locale, nav.sites)}</a> }.into_any()
            below=td_string!(locale, pair.intro).into_any()
        />
        <div class="grid gap-6 max-w-2xl">
            <CodeForm code=code.get_untracked() site=site.get_untracked()/>
            <Load resource=found skeleton=Skeleton::Nothing let:found>
                {found.map(|found| view! { <Confirm found preselected=site.get_untracked()/> })}
            </Load>
        </div>
    }
}

/// A screen that waits, and the sites that it may go to.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, serde::Serialize)]
struct Found {
    screen: PendingEnrolment,
    sites: Vec<Site>,
}

async fn find(code: Option<String>, site: Option<SiteId>) -> Result<Option<Found>, ApiError> {
    let Some(code) = code else {
        return Ok(None);
    };
    let screen = find_enrolment(code).await?;
    let mut sites = list_sites(sites_of(Some(SiteStatus::Pending))).await?.items;
    for other in list_sites(sites_of(None)).await?.items {
        if !sites.iter().any(|known| known.id == other.id) {
            sites.push(other);
        }
    }
    // The site that one comes from is offered even when the lists are longer than a page.
    if let Some(site) = site
        && !sites.iter().any(|known| known.id == site)
        && let Ok(detail) = get_site(site).await
    {
        sites.push(detail.site);
    }
    Ok(Some(Found { screen, sites }))
}

fn sites_of(status: Option<SiteStatus>) -> SiteFilter {
    SiteFilter {
        status,
        per_page: Some(api::page::MAX_PER_PAGE),
        ..SiteFilter::default()
    }
}

#[component]
fn CodeForm(
    #[prop(optional_no_strip)] code: Option<String>,
    #[prop(optional_no_strip)] site: Option<SiteId>,
) -> impl IntoView {
    let locale = use_locale();
    let help = td_string!(locale, pair.code_help).to_owned();
    view! {
        <QueryForm action="/pair" place=Place::Same>
            {site.map(|id| view! { <input type="hidden" name="site" value=id.to_string()/> })}
            <div class="panel p-5 grid gap-4">
                <Field label=td_string!(locale, pair.code) id="pair-code" help=Some(help)>
                    <input
                        class="input pairing-code text-xl"
                        id="pair-code"
                        name="code"
                        value=code
                        required=true
                        maxlength="16"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        aria-describedby="pair-code-help"
                    />
                </Field>
                <div>
                    <Button
                        label=td_string!(locale, pair.find).to_owned()
                        role="submit"
                        kind=ButtonKind::Primary
                    />
                </div>
            </div>
        </QueryForm>
    }
}
