//! `/sites/{id}` and its tabs: what the TV does, what it played, what the site is.

mod add;
mod changes;
mod compare;
mod comparison;
mod draft;
mod drag;
mod editing;
mod editor;
mod frame;
mod health;
mod keys;
mod loop_list;
mod merge;
mod newer;
mod newer_notice;
mod notice;
mod place;
mod player;
mod publish;
mod recent;
mod restore;
mod row;
mod screen;
mod side_by_side;
mod tools;
mod undo;
mod versions;
mod words;

pub use frame::SitePage;
pub use health::SiteHealthPage;
pub use keys::SiteKeysPage;
pub use versions::VersionsPage;

use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::configurations::get_loop;
use crate::components::{Later, Load, Panel};
use crate::fetch::fetch;
use crate::pages::plays::{PlayReportPanel, Scope};
use crate::pages::sites::EditSiteForm;
use crate::state::language::use_locale;

use editor::LoopPanel;
use frame::use_site;
use player::PlayerPanel;
use recent::RecentVersions;
use screen::ScreenPanel;

/// What the TV does.
#[component]
pub fn ProgrammePage() -> impl IntoView {
    let site = use_site();
    let the_loop = fetch(move || {
        let id = site.id();
        async move { get_loop(id?).await }
    });
    let published = RwSignal::new(0_u32);
    view! {
        <div class="grid xl:grid-cols-[minmax(0,1fr)_360px] gap-6 items-start">
            <div class="grid gap-6 min-w-0">
                <Load resource=the_loop let:site_loop>
                    <LoopPanel site_loop published/>
                </Load>
                <RecentVersions published/>
            </div>
            <Load resource=site.detail let:detail>
                <div class="grid gap-6 min-w-0">
                    <Later>
                        <ScreenPanel detail=site.follow(detail.clone())/>
                        <PlayerPanel detail=site.follow(detail)/>
                    </Later>
                </div>
            </Load>
        </div>
    }
}

/// What the TV played.
#[component]
pub fn SitePlaysPage() -> impl IntoView {
    let site = use_site();
    view! {
        <Load resource=site.detail let:detail>
            <PlayReportPanel scope=Scope::Site(detail.site.id)/>
        </Load>
    }
}

/// What the site is.
#[component]
pub fn EditSitePage() -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    view! {
        <Load resource=site.detail let:detail>
            <div class="max-w-xl">
                <Panel id="details" title=td_string!(locale, site.facts)>
                    <EditSiteForm detail/>
                </Panel>
            </div>
        </Load>
    }
}
