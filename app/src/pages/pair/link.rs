use api::enrolment::PendingEnrolment;
use api::id::SiteId;
use api::site::{Site, SiteStatus};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;

use crate::backend::enrolments::LinkScreen;
use crate::browser::Form;
use crate::components::{Button, ButtonKind, Glyph, LinkButton, SelectField};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::step_up::{StepUp, StepUpDialog};
use crate::state::toasts::use_toasts;

/// Chooses the site of a waiting screen and links it.
#[component]
pub(super) fn LinkForm(
    screen: PendingEnrolment,
    sites: Vec<Site>,
    #[prop(optional_no_strip)] preselected: Option<SiteId>,
) -> impl IntoView {
    let locale = use_locale();
    if sites.is_empty() {
        return view! {
            <div class="grid gap-3 justify-items-start">
                <p>{td_string!(locale, pair.no_site)}</p>
                <LinkButton href="/sites/new" label=td_string!(locale, sites.new) glyph=Glyph::Plus/>
            </div>
        }
        .into_any();
    }
    let link = ServerAction::<LinkScreen>::new();
    let step_up = StepUp::default();
    let send = linking(link, step_up, free_of(&sites));
    let refusal = move || match link.value().get() {
        Some(Err(error)) => Some(error.message),
        _ => None,
    };
    let value = preselected.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <form method="post" action=LinkScreen::url() on:submit=send>
            {move || refusal().map(|text| view! { <p role="alert" class="panel panel-error p-3 mb-4">{text}</p> })}
            <input type="hidden" name="code" value=screen.code.to_string()/>
            <SelectField
                label=td_string!(locale, pair.site)
                id="pair-site"
                name="site"
                options=options(locale, sites)
                value
                prompt=td_string!(locale, pair.choose)
            />
            {screen.linked_to.map(|linked| {
                let words = td_string!(locale, pair.moves, site = linked.site_name);
                view! {
                    <label class="flex gap-3 items-start mt-4">
                        <input type="checkbox" class="checkbox" name="move_from" value=linked.site_id.to_string()/>
                        <span>{words}</span>
                    </label>
                }
            })}
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
        <StepUpDialog step_up/>
    }
    .into_any()
}

/// Sends the form, with the password where it is asked for; says what came of it.
fn linking(
    link: ServerAction<LinkScreen>,
    step_up: StepUp,
    free: Vec<SiteId>,
) -> impl Fn(SubmitEvent) + 'static {
    let locale = use_locale();
    let toasts = use_toasts();
    let sent = StoredValue::new(None::<LinkScreen>);
    let again = move || {
        if let Some(form) = sent.get_value() {
            link.dispatch(form);
        }
    };
    Effect::new(move || match link.value().get() {
        Some(Ok(site)) if free.contains(&site.id) => {
            toasts.done(td_string!(locale, pair.linked));
        }
        Some(Ok(_)) => toasts.done(td_string!(locale, pair.proposed)),
        Some(Err(error)) => {
            step_up.answers(&error, again);
        }
        None => {}
    });
    move |event| {
        event.prevent_default();
        let form = Form::of(&event);
        if let Ok(site) = form.text("site").parse() {
            let move_from = form.text("move_from").parse().ok();
            let code = form.text("code");
            sent.set_value(Some(LinkScreen {
                site,
                code,
                move_from,
            }));
            again();
        }
    }
}

fn is_free(site: &Site) -> bool {
    site.status == SiteStatus::Pending
}

fn free_of(sites: &[Site]) -> Vec<SiteId> {
    let free = sites.iter().filter(|site| is_free(site));
    free.map(|site| site.id).collect()
}

/// Sites without a screen first; the others say that theirs is replaced.
fn options(locale: Locale, mut sites: Vec<Site>) -> Vec<(String, String)> {
    sites.sort_by_key(|site| !is_free(site));
    sites
        .into_iter()
        .map(|site| {
            let replaces = !is_free(&site);
            let club = Some(site.club).filter(|club| !club.is_empty());
            let mut words =
                club.map_or(site.name.clone(), |club| format!("{} ({club})", site.name));
            if replaces {
                words = td_string!(locale, pair.replaces, site = words);
            }
            (site.id.to_string(), words)
        })
        .collect()
}
