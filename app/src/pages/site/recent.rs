use api::configuration::{ConfigurationVersion, VersionFilter};
use api::error::ApiError;
use api::event::Event;
use api::id::SiteId;
use api::page::Page;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::frame::use_site;
use super::versions::VersionFacts;
use crate::backend::configurations::list_versions;
use crate::components::{Later, Load, Panel};
use crate::fetch::fetch;
use crate::live;
use crate::state::language::use_locale;

/// Versions shown beside the loop; the others have a page of their own.
const SHOWN: u32 = 3;

/// What was published last, by whoever it was.
#[component]
pub(super) fn RecentVersions(
    /// Counts publications from this page.
    published: RwSignal<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let versions = fetch(move || {
        published.track();
        latest(site.id())
    });
    view! {
        <Panel id="recent-versions" title=td_string!(locale, loops.recent)>
            <Load resource=versions let:versions>
                <Later>
                    <Recent versions/>
                </Later>
            </Load>
        </Panel>
    }
}

async fn latest(site: Result<SiteId, ApiError>) -> Result<Page<ConfigurationVersion>, ApiError> {
    let filter = VersionFilter {
        page: None,
        per_page: Some(SHOWN),
    };
    list_versions(site?, filter).await
}

#[component]
fn Recent(versions: Page<ConfigurationVersion>) -> impl IntoView {
    let site = use_site().id();
    let href = site.as_ref().map(|id| format!("/sites/{id}/versions"));
    let href = href.unwrap_or_default();
    let versions = RwSignal::new(versions);
    let this = site.clone();
    let concerns = move |event: Event| match event {
        Event::SiteChanged { site } => this == Ok(site),
        _ => false,
    };
    live::follow(versions, move || latest(site.clone()), concerns);
    move || versions.with(|versions| list(versions, &href))
}

fn list(versions: &Page<ConfigurationVersion>, href: &str) -> AnyView {
    let locale = use_locale();
    if versions.total == 0 {
        return view! { <p class="quiet">{td_string!(locale, loops.never)}</p> }.into_any();
    }
    let newest = versions.items.first().map_or(0, |newest| newest.version);
    let rows: Vec<_> = versions
        .items
        .iter()
        .cloned()
        .map(|version| view! { <li class="py-2"><VersionFacts version newest/></li> })
        .collect();
    view! {
        <ol class="rows">{rows}</ol>
        <p class="mt-3">
            <a class="link" href=href.to_owned()>{td_string!(locale, loops.all_versions)}</a>
        </p>
    }
    .into_any()
}
