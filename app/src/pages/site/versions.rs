use api::configuration::{ConfigurationVersion, VersionFilter};
use api::page::Page;
use api::permission::Permission;
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use super::compare::{CompareForm, ComparePanel};
use super::frame::use_site;
use super::restore::{RestoreDialog, Restoring};
use crate::backend::configurations::list_versions;
use crate::components::{
    Ago, Button, ButtonKind, ButtonSize, Glyph, Load, Pager, Panel, open_dialog,
};
use crate::fetch::fetch;
use crate::format::{length, number};
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// `/sites/{id}/versions`: what was published, by whom and why; compared and restored.
#[component]
pub fn VersionsPage() -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let parameters = use_query_map();
    let restored = RwSignal::new(0_u32);
    let versions = fetch(move || {
        restored.track();
        let page = parameters.with(|query| query::value(query, "page"));
        let filter = VersionFilter {
            page,
            per_page: None,
        };
        let id = site.id();
        async move { list_versions(id?, filter).await }
    });
    view! {
        <div class="grid gap-6 min-w-0 max-w-4xl">
            <ComparePanel/>
            <Panel id="versions" title=td_string!(locale, loops.versions)>
                <Load resource=versions let:versions>
                    <VersionList versions restored/>
                </Load>
            </Panel>
        </div>
    }
}

#[component]
fn VersionList(versions: Page<ConfigurationVersion>, restored: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let newest = i32::try_from(versions.total).unwrap_or(i32::MAX);
    if newest == 0 {
        return view! { <p class="quiet">{td_string!(locale, loops.never)}</p> }.into_any();
    }
    let dialog = NodeRef::<html::Dialog>::new();
    let restoring = Restoring::start(newest, dialog, restored);
    let (page, pages) = (versions.page, versions.pages());
    let rows: Vec<_> = versions
        .items
        .into_iter()
        .map(|version| view! { <VersionRow version newest restoring/> })
        .collect();
    let href = Callback::new(move |page: u64| {
        let path = site.id().map(|id| format!("/sites/{id}/versions"));
        query::address(
            &path.unwrap_or_default(),
            &[("page", Some(page.to_string()))],
        )
    });
    view! {
        {(newest > 1).then(|| view! { <CompareForm newest/> })}
        <ol class="rows">{rows}</ol>
        <Pager page pages href/>
        <RestoreDialog restoring/>
    }
    .into_any()
}

#[component]
fn VersionRow(version: ConfigurationVersion, newest: i32, restoring: Restoring) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let this = version.version;
    let changes = (this > 1).then(|| {
        let path = site.id().map(|id| format!("/sites/{id}/versions"));
        let pair = [
            ("before", Some((this - 1).to_string())),
            ("after", Some(this.to_string())),
        ];
        let href = query::address(&path.unwrap_or_default(), &pair);
        let label = td_string!(locale, loops.changes_of, version = this);
        view! {
            <a class="btn btn-sm btn-ghost" href=href aria-label=label>{td_string!(locale, loops.changes)}</a>
        }
    });
    let restore = move || {
        let open = move |_| {
            restoring.chosen.set(Some(this));
            open_dialog(restoring.dialog);
        };
        view! {
            <Button
                label=td_string!(locale, loops.restore).to_owned()
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                glyph=Glyph::History
                attr:aria-label=td_string!(locale, loops.restore_of, version = this)
                on_click=open
            />
        }
    };
    view! {
        <li class="py-3 flex flex-wrap gap-x-3 gap-y-1 items-center">
            <VersionFacts version newest/>
            <span class="ml-auto flex flex-wrap justify-end">
                {changes}
                {(this < newest).then(|| view! {
                    <Allowed permission=Permission::PublishConfigurations>{restore()}</Allowed>
                })}
            </span>
        </li>
    }
}

/// Who published a version, when and why.
#[component]
pub(super) fn VersionFacts(version: ConfigurationVersion, newest: i32) -> impl IntoView {
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
    let current = (version.version == newest).then(|| {
        view! { <span class="badge badge-sm">{td_string!(locale, loops.current)}</span> }
    });
    view! {
        <div class="min-w-0 grid gap-0.5">
            <p class="flex flex-wrap gap-x-3 items-baseline">
                <span class="font-medium">
                    {td_string!(locale, loops.version, version = version.version)}
                </span>
                {current}
                <span class="quiet text-sm">{size}</span>
            </p>
            {comment.map(|comment| view! { <p class="wrap-anywhere">{comment}</p> })}
            <p class="quiet text-sm wrap-anywhere">
                {td_string!(locale, loops.version_by, name = version.published_by)} ", " <Ago at=version.published_at/>
            </p>
        </div>
    }
}
