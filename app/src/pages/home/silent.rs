use api::site::Site;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, AgoText, ButtonSize, Glyph, Icon, LinkButton};
use crate::state::language::use_locale;

/// Sites whose screen does not answer, and since when.
#[component]
pub(super) fn SilentSites(sites: Vec<Site>) -> impl IntoView {
    let locale = use_locale();
    if sites.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = sites
        .into_iter()
        .map(|site| view! { <SilentSite site/> })
        .collect();
    view! {
        <section class="panel panel-error p-4 mb-6" aria-label=td_string!(locale, state.offline)>
            <ul class="rows grid gap-3">{rows}</ul>
            <p class="quiet text-sm mt-2 pl-8">{td_string!(locale, home.silent_text)}</p>
        </section>
    }
    .into_any()
}

#[component]
fn SilentSite(site: Site) -> impl IntoView {
    let locale = use_locale();
    let club = Some(site.club).filter(|club| !club.is_empty());
    view! {
        <li class="flex flex-wrap items-center gap-3 not-first:pt-3">
            <Icon glyph=Glyph::Warning class="w-5 h-5 shrink-0 text-error"/>
            <p class="min-w-0 flex-1 basis-60 font-medium wrap-anywhere">
                {site.name} {club.map(|club| format!(" ({club})"))} " "
                {td_string!(locale, home.silent_since)} " "
                {site.last_seen.map(|at| view! { <Ago at text=AgoText::Span/> })}
            </p>
            <LinkButton
                href=format!("/sites/{}", site.id)
                label=td_string!(locale, home.see_site)
                size=ButtonSize::Small
            />
        </li>
    }
}
