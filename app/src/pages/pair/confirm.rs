use api::enrolment::PendingEnrolment;
use api::id::SiteId;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::Found;
use super::link::LinkForm;
use crate::components::Ago;
use crate::format::bytes;
use crate::state::language::use_locale;

/// Shows the screen behind the code; its words decide.
#[component]
pub(super) fn Confirm(
    found: Found,
    #[prop(optional_no_strip)] preselected: Option<SiteId>,
) -> impl IntoView {
    let locale = use_locale();
    let Found { screen, sites } = found;
    let [first, second] = screen.words.clone();
    view! {
        <section class="panel p-5 grid gap-5" aria-labelledby="pair-words">
            <div>
                <h2 id="pair-words" class="text-lg font-semibold">
                    {td_string!(locale, pair.words_title)}
                </h2>
                <p class="display text-4xl sm:text-5xl font-semibold my-4 flex flex-wrap gap-x-5" data-pairing-words="">
                    <span>{first}</span>
                    " "
                    <span>{second}</span>
                </p>
                <p class="quiet text-sm">{td_string!(locale, pair.words_text)}</p>
            </div>
            <Facts screen=screen.clone()/>
            <LinkForm screen sites preselected/>
        </section>
    }
}

#[component]
fn Facts(screen: PendingEnrolment) -> impl IntoView {
    let locale = use_locale();
    let unknown = || td_string!(locale, site.unknown).to_owned();
    let hardware = [screen.hardware.model, screen.hardware.system]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let hardware = if hardware.is_empty() {
        unknown()
    } else {
        hardware
    };
    let memory = screen.hardware.memory_bytes;
    let memory = memory.map_or_else(unknown, |size| bytes(locale, size));
    let row = |words: &'static str, value: AnyView| {
        view! {
            <div class="flex gap-4 py-2">
                <dt class="quiet w-40 shrink-0">{words}</dt>
                <dd class="min-w-0 wrap-anywhere">{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="rows text-sm">
            {row(td_string!(locale, pair.hardware), hardware.into_any())}
            {row(
                td_string!(locale, site.serial),
                screen.hardware.serial.unwrap_or_else(unknown).into_any(),
            )}
            {row(td_string!(locale, keys.memory), memory.into_any())}
            {row(td_string!(locale, pair.address), screen.address.into_any())}
            {row(
                td_string!(locale, pair.asked),
                view! { <Ago at=screen.requested_at/> }.into_any(),
            )}
        </dl>
    }
}
