//! `/`: is everything all right, and what did it show today?

mod in_need;
mod sentence;
mod tiles;
mod today;

use api::event::Event;
use api::home::Home;
use api::permission::Permission;
use api::site::Site;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::home::get_home;
use crate::components::{Ago, ButtonKind, Glyph, Later, LinkButton, Load, PageHead, Skeleton};
use crate::fetch::fetch;
use crate::format;
use crate::live;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

use in_need::{DarkSites, SilentSites};
use sentence::{answer, counts};
use tiles::Tiles;
use today::Today;

/// The fleet at a glance.
#[component]
pub fn HomePage() -> impl IntoView {
    let home = fetch(get_home);
    view! {
        <Load resource=home skeleton=Skeleton::Cards let:home>
            <Overview home/>
        </Load>
    }
}

#[component]
fn Overview(home: Home) -> impl IntoView {
    let locale = use_locale();
    let home = RwSignal::new(home);
    live::follow(home, get_home, move |event| concerns(home, event));
    let silent = Memo::new(move |_| home.with(|home| home.silent.clone()));
    let dark = Memo::new(move |_| {
        home.with(|home| home.dark_sites.iter().map(at_rest).collect::<Vec<_>>())
    });
    let title = Signal::derive(move || home.with(|home| answer(locale, home)));
    let above = move || home.with(|home| format::long_date(locale, home.today));
    let below = move || {
        home.with(|home| {
            let published = home.last_published_at.map(|at| {
                view! {
                    <span>
                        " · " {td_string!(locale, home.last_published)} " " <Ago at/>
                    </span>
                }
            });
            view! { <p>{counts(locale, home)} {published}</p> }
        })
    };
    view! {
        <PageHead title above=above.into_any() below=below.into_any()>
            <Allowed permission=Permission::ManageVideos>
                <LinkButton
                    href="/videos"
                    label=td_string!(locale, home.add_video)
                    kind=ButtonKind::Primary
                    glyph=Glyph::Upload
                />
            </Allowed>
        </PageHead>
        {move || view! { <SilentSites sites=silent.get()/> }}
        {move || view! { <DarkSites sites=dark.get()/> }}
        <div class="grid xl:grid-cols-[minmax(0,1fr)_360px] gap-6">
            <Later>
                <Tiles home/>
            </Later>
            <div class="grid gap-6 content-start min-w-0">
                <Later>
                    <Today home/>
                </Later>
            </div>
        </div>
    }
}

/// A site without what every report changes: it need not be drawn anew for that.
fn at_rest(site: &Site) -> Site {
    Site {
        last_seen: None,
        on_screen: None,
        ..site.clone()
    }
}

/// What any site is changes the counts; what a site does changes its tile only.
fn concerns(home: RwSignal<Home>, event: Event) -> bool {
    let is_tile = |site| home.with_untracked(|home| home.tiles.iter().any(|tile| tile.id == site));
    match event {
        Event::SiteChanged { .. } | Event::PlaysStored { .. } => true,
        Event::SiteReported { site } => is_tile(site),
        Event::StateChanged { .. }
        | Event::AlertsChanged
        | Event::StorageChanged
        | Event::Resync
        | Event::Other => false,
    }
}
