use api::configuration::ConfigurationVersion;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::frame::use_site;
use crate::backend::configurations::list_versions;
use crate::components::{Ago, Load, Panel};
use crate::fetch::fetch;
use crate::format::{length, number};
use crate::state::language::use_locale;

/// What was published, by whom and why, newest first.
#[component]
pub(super) fn Versions(
    /// Counts publications from this page.
    published: RwSignal<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let versions = fetch(move || {
        published.track();
        let id = site.id();
        async move { list_versions(id?).await }
    });
    view! {
        <Panel id="versions" title=td_string!(locale, loops.versions)>
            <Load resource=versions let:versions>
                {if versions.is_empty() {
                    view! { <p class="quiet">{td_string!(locale, loops.never)}</p> }.into_any()
                } else {
                    let rows: Vec<_> = versions
                        .into_iter()
                        .map(|version| view! { <Version version/> })
                        .collect();
                    view! { <ol class="rows">{rows}</ol> }.into_any()
                }}
            </Load>
        </Panel>
    }
}

#[component]
fn Version(version: ConfigurationVersion) -> impl IntoView {
    let locale = use_locale();
    let count = u64::from(version.videos);
    let size = td_string!(
        locale,
        loops.version_size,
        count,
        number = number(locale, count),
        length = length(version.duration_ms)
    );
    let comment = Some(version.comment).filter(|comment| !comment.is_empty());
    view! {
        <li class="py-2 flex flex-wrap gap-x-3 items-baseline">
            <span class="font-medium">
                {td_string!(locale, loops.version, version = version.version)}
            </span>
            <span class="quiet text-sm">{size}</span>
            <span class="quiet text-sm ml-auto">
                <Ago at=version.published_at/>
                " "
                {td_string!(locale, loops.version_by, name = version.published_by)}
            </span>
            {comment.map(|comment| view! { <p class="w-full text-sm wrap-anywhere">{comment}</p> })}
        </li>
    }
}
