use api::error::ApiError;
use api::site::{NewSite, Site, SiteDetail};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_i18n::td_string;

use super::hours::{self, HoursFields, Refused};
use super::zones::zone_options;
use crate::backend::sites::{CreateSite, UpdateSite};
use crate::browser::Form;
use crate::components::{
    Button, ButtonKind, LinkButton, PageHead, SelectField, TextField, field_error,
};
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// A new site.
#[component]
pub fn NewSitePage() -> impl IntoView {
    let locale = use_locale();
    let create = ServerAction::<CreateSite>::new();
    let outcome = Signal::derive(move || create.value().get());
    announce(outcome, td_string!(locale, sites.created));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let new = Prefix::New.read(&Form::of(&event));
        create.dispatch(CreateSite { new });
    };
    let values = NewSite::named("");
    let submit = td_string!(locale, sites.create);
    view! {
        <PageHead
            title=td_string!(locale, sites.new_title).to_owned()
            above=view! { <a class="link link-hover" href="/sites">{td_string!(locale, nav.sites)}</a> }.into_any()
        />
        <div class="panel p-5 max-w-xl">
            <form method="post" action=CreateSite::url() on:submit=send>
                <SiteFields prefix=Prefix::New values outcome/>
                <Actions submit cancel="/sites".to_owned() pending=create.pending().into()/>
            </form>
        </div>
    }
}

/// The facts of a site, to change.
#[component]
pub fn EditSiteForm(detail: SiteDetail) -> impl IntoView {
    let SiteDetail {
        site,
        expected_hours,
        ..
    } = detail;
    let locale = use_locale();
    let update = ServerAction::<UpdateSite>::new();
    let outcome = Signal::derive(move || update.value().get());
    announce(outcome, td_string!(locale, sites.saved));
    let id = site.id;
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let change = Prefix::Change.read(&Form::of(&event));
        update.dispatch(UpdateSite { id, change });
    };
    let cancel = format!("/sites/{id}");
    let values = NewSite {
        name: site.name,
        club: site.club,
        city: site.city,
        time_zone: site.time_zone,
        expected_hours,
    };
    view! {
        <form method="post" action=UpdateSite::url() on:submit=send>
            <input type="hidden" name="id" value=id.to_string()/>
            <SiteFields prefix=Prefix::Change values outcome/>
            <Actions submit=td_string!(locale, sites.save) cancel pending=update.pending().into()/>
        </form>
    }
}

/// Names of the inputs begin with the server function's argument.
#[derive(Clone, Copy)]
pub(super) enum Prefix {
    New,
    Change,
}

impl Prefix {
    pub(super) fn name(self, field: &str) -> String {
        let argument = match self {
            Self::New => "new",
            Self::Change => "change",
        };
        format!("{argument}{field}")
    }

    fn read(self, form: &Form) -> NewSite {
        let text = |field| form.text(&self.name(field));
        NewSite {
            name: text("[name]"),
            club: text("[club]"),
            city: text("[city]"),
            time_zone: text("[time_zone]"),
            expected_hours: hours::read(form, self),
        }
    }
}

type Outcome = Signal<Option<Result<Site, ApiError>>>;

#[component]
fn SiteFields(prefix: Prefix, values: NewSite, outcome: Outcome) -> impl IntoView {
    let locale = use_locale();
    let name = |field| prefix.name(field);
    let refused = move |field: &'static str| {
        Signal::derive(move || {
            outcome.with(|outcome| match outcome {
                Some(Err(error)) => field_error(Some(error), field),
                _ => None,
            })
        })
    };
    let hours = Refused {
        to: refused("expected_hours.to"),
        days: refused("expected_hours.days"),
        closed: refused("expected_hours.closed"),
    };
    let zones = zone_options(locale, &values.time_zone);
    view! {
        <FormRefusal outcome/>
        <div class="grid gap-4">
            <TextField
                label=td_string!(locale, sites.name) id="site-name" name=name("[name]") value=values.name
                help=td_string!(locale, sites.name_help).to_owned() error=refused("name") required=true
            />
            <TextField label=td_string!(locale, sites.club) id="site-club" name=name("[club]") value=values.club error=refused("club")/>
            <TextField label=td_string!(locale, sites.city) id="site-city" name=name("[city]") value=values.city error=refused("city")/>
            <SelectField
                label=td_string!(locale, sites.zone) id="site-zone" name=name("[time_zone]") options=zones
                value=values.time_zone error=refused("time_zone")
            />
            <HoursFields prefix values=values.expected_hours refused=hours/>
        </div>
    }
}

/// A refusal that names no field.
#[component]
fn FormRefusal(outcome: Outcome) -> impl IntoView {
    let message = move || {
        outcome.with(|outcome| match outcome {
            Some(Err(error)) if error.fields.is_empty() => Some(error.message.clone()),
            _ => None,
        })
    };
    move || {
        message()
            .map(|text| view! { <p role="alert" class="panel panel-error p-3 mb-4">{text}</p> })
    }
}

#[component]
fn Actions(#[prop(into)] submit: String, cancel: String, pending: Signal<bool>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="flex flex-wrap gap-2 mt-6">
            <Button label=submit kind=ButtonKind::Primary role="submit" disabled=pending/>
            <LinkButton
                href=cancel
                label=td_string!(locale, sites.cancel)
                kind=ButtonKind::Ghost
            />
        </div>
    }
}

/// The server goes on to the site's page; a message tells what happened.
fn announce(outcome: Outcome, words: &'static str) {
    let toasts = use_toasts();
    Effect::new(move || {
        if outcome.with(|outcome| matches!(outcome, Some(Ok(_)))) {
            toasts.done(words);
        }
    });
}
