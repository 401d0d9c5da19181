use api::site::Site;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, AgoText, ButtonSize, Glyph, Icon, LinkButton};
use crate::state::language::use_locale;

/// Sites whose player does not report, and since when.
#[component]
pub(super) fn SilentSites(sites: Vec<Site>) -> impl IntoView {
    let locale = use_locale();
    let rows = sites.into_iter().map(|site| {
        let since = site.last_seen;
        let words = view! {
            {td_string!(locale, home.silent_since)} " "
            {since.map(|at| view! { <Ago at text=AgoText::Span/> })}
        };
        view! { <SiteInNeed site icon="w-5 h-5 shrink-0 text-error">{words}</SiteInNeed> }
            .into_any()
    });
    in_need(
        "panel-error",
        td_string!(locale, state.offline),
        td_string!(locale, home.silent_text),
        rows.collect(),
    )
}

/// Sites whose player reports, but whose screen shows nothing.
#[component]
pub(super) fn DarkSites(sites: Vec<Site>) -> impl IntoView {
    let locale = use_locale();
    let rows = sites.into_iter().map(|site| {
        let words = td_string!(locale, home.dark_since);
        view! { <SiteInNeed site icon="w-5 h-5 shrink-0 text-warning">{words}</SiteInNeed> }
            .into_any()
    });
    in_need(
        "panel-warning",
        td_string!(locale, state.screen_off),
        td_string!(locale, home.dark_text),
        rows.collect(),
    )
}

fn in_need(
    panel: &'static str,
    label: &'static str,
    text: &'static str,
    rows: Vec<AnyView>,
) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <section class=format!("panel {panel} p-4 mb-6") aria-label=label>
                <ul class="rows grid gap-3">{rows}</ul>
                <p class="quiet text-sm mt-2 pl-8">{text}</p>
            </section>
        }
        .into_any()
    })
}

/// Its name, then what is wrong with it.
#[component]
fn SiteInNeed(site: Site, icon: &'static str, children: Children) -> impl IntoView {
    let locale = use_locale();
    let club = Some(site.club).filter(|club| !club.is_empty());
    view! {
        <li class="flex flex-wrap items-center gap-3 not-first:pt-3">
            <Icon glyph=Glyph::Warning class=icon/>
            <p class="min-w-0 flex-1 basis-60 font-medium wrap-anywhere">
                {site.name} {club.map(|club| format!(" ({club})"))} " " {children()}
            </p>
            <LinkButton
                href=format!("/sites/{}", site.id)
                label=td_string!(locale, home.see_site)
                size=ButtonSize::Small
            />
        </li>
    }
}
