use api::enrolment::PendingEnrolment;
use api::id::SiteId;
use api::site::Site;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;

use super::Found;
use crate::backend::enrolments::LinkScreen;
use crate::browser::Form;
use crate::components::{Ago, Button, ButtonKind, Glyph, LinkButton, SelectField};
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

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
            <LinkForm code=screen.code.to_string() sites preselected/>
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
            {row(td_string!(locale, pair.address), screen.address.into_any())}
            {row(
                td_string!(locale, pair.asked),
                view! { <Ago at=screen.requested_at/> }.into_any(),
            )}
        </dl>
    }
}

#[component]
fn LinkForm(
    code: String,
    sites: Vec<Site>,
    #[prop(optional_no_strip)] preselected: Option<SiteId>,
) -> impl IntoView {
    let locale = use_locale();
    let link = ServerAction::<LinkScreen>::new();
    let toasts = use_toasts();
    Effect::new(move || {
        if matches!(link.value().get(), Some(Ok(_))) {
            toasts.done(td_string!(locale, pair.linked));
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let form = Form::of(&event);
        if let Ok(site) = form.text("site").parse() {
            let code = form.text("code");
            link.dispatch(LinkScreen { site, code });
        }
    };
    let refusal = move || match link.value().get() {
        Some(Err(error)) => Some(error.message),
        _ => None,
    };
    if sites.is_empty() {
        return view! {
            <div class="grid gap-3 justify-items-start">
                <p>{td_string!(locale, pair.no_site)}</p>
                <LinkButton href="/sites/new" label=td_string!(locale, sites.new) glyph=Glyph::Plus/>
            </div>
        }
        .into_any();
    }
    let value = preselected.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <form method="post" action=LinkScreen::url() on:submit=send>
            {move || refusal().map(|text| view! { <p role="alert" class="panel panel-error p-3 mb-4">{text}</p> })}
            <input type="hidden" name="code" value=code/>
            <SelectField
                label=td_string!(locale, pair.site)
                id="pair-site"
                name="site"
                options=options(sites)
                value
                prompt=td_string!(locale, pair.choose)
            />
            <div class="flex flex-wrap gap-2 mt-5">
                <Button
                    label=td_string!(locale, pair.accept).to_owned()
                    role="submit"
                    kind=ButtonKind::Primary
                    disabled=link.pending()
                />
                <LinkButton href="/pair" label=td_string!(locale, pair.other) kind=ButtonKind::Ghost/>
            </div>
        </form>
    }
    .into_any()
}

fn options(sites: Vec<Site>) -> Vec<(String, String)> {
    sites
        .into_iter()
        .map(|site| {
            let club = Some(site.club).filter(|club| !club.is_empty());
            let words = club.map_or(site.name.clone(), |club| format!("{} ({club})", site.name));
            (site.id.to_string(), words)
        })
        .collect()
}
