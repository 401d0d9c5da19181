use api::video::VideoSite;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Load, Panel};
use crate::fetch::Fetched;
use crate::state::language::use_locale;

/// Where a video is shown.
#[component]
pub(super) fn Sites(sites: Fetched<Vec<VideoSite>>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Panel id="sites" title=td_string!(locale, video.where_shown)>
            <Load resource=sites let:sites>
                {if sites.is_empty() {
                    view! { <p class="quiet text-sm">{td_string!(locale, video.nowhere)}</p> }
                        .into_any()
                } else {
                    view! { <SiteLinks sites/> }.into_any()
                }}
            </Load>
        </Panel>
    }
}

/// The sites with the ways to their loops.
#[component]
pub(super) fn SiteLinks(sites: Vec<VideoSite>) -> impl IntoView {
    let rows: Vec<_> = sites
        .into_iter()
        .map(|site| {
            let club = (!site.club.is_empty()).then_some(site.club);
            view! {
                <li class="py-2">
                    <a class="link link-hover font-medium" href=format!("/sites/{}", site.id)>
                        {site.name}
                    </a>
                    {club.map(|club| view! { <span class="quiet block">{club}</span> })}
                </li>
            }
        })
        .collect();
    view! { <ul class="rows text-sm max-h-72 overflow-y-auto">{rows}</ul> }
}
