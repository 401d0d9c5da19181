use api::configuration::{ConfigurationVersion, VersionFilter};
use api::page::Page;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::frame::use_site;
use super::versions::VersionFacts;
use crate::backend::configurations::list_versions;
use crate::components::{Load, Panel};
use crate::fetch::fetch;
use crate::state::language::use_locale;

/// Versions shown beside the loop; the others have a page of their own.
const SHOWN: u32 = 3;

/// What was published last.
#[component]
pub(super) fn RecentVersions(
    /// Counts publications from this page.
    published: RwSignal<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let versions = fetch(move || {
        published.track();
        let id = site.id();
        let filter = VersionFilter {
            page: None,
            per_page: Some(SHOWN),
        };
        async move { list_versions(id?, filter).await }
    });
    view! {
        <Panel id="recent-versions" title=td_string!(locale, loops.recent)>
            <Load resource=versions let:versions>
                <Recent versions/>
            </Load>
        </Panel>
    }
}

#[component]
fn Recent(versions: Page<ConfigurationVersion>) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    if versions.total == 0 {
        return view! { <p class="quiet">{td_string!(locale, loops.never)}</p> }.into_any();
    }
    let newest = versions.items.first().map_or(0, |newest| newest.version);
    let rows: Vec<_> = versions
        .items
        .into_iter()
        .map(|version| view! { <li class="py-2"><VersionFacts version newest/></li> })
        .collect();
    let href = site.id().map(|id| format!("/sites/{id}/versions"));
    view! {
        <ol class="rows">{rows}</ol>
        <p class="mt-3">
            <a class="link" href=href.unwrap_or_default()>{td_string!(locale, loops.all_versions)}</a>
        </p>
    }
    .into_any()
}
