//! `/`: is everything all right, and what did it show today?

mod in_need;
mod sentence;
mod tiles;
mod today;

use api::home::Home;
use api::permission::Permission;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::home::get_home;
use crate::components::{Ago, ButtonKind, Glyph, LinkButton, Load, PageHead, Skeleton};
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
    let home = live::follow(home, get_home);
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
        {move || home.with(|home| view! {
            <SilentSites sites=home.silent.clone()/>
            <DarkSites sites=home.dark_sites.clone()/>
        })}
        <div class="grid xl:grid-cols-[minmax(0,1fr)_360px] gap-6">
            {move || home.with(|home| view! { <Tiles sites=home.tiles.clone() all=home.sites/> })}
            <div class="grid gap-6 content-start min-w-0">
                {move || home.with(|home| view! { <Today plays=home.plays hours=home.hours.clone()/> })}
            </div>
        </div>
    }
}
