use api::hours::{ExpectedHours, Weekday};
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::closures::{self, ClosureFields};
use super::form::Prefix;
use crate::browser::Form;
use crate::components::SelectField;
use crate::format::short_weekday;
use crate::i18n::Locale;
use crate::state::language::use_locale;

const FROM: &str = "[expected_hours][from]";
const TO: &str = "[expected_hours][to]";
const DAYS: &str = "[expected_hours][days][]";
const PUBLIC_HOLIDAYS: &str = "[expected_hours][public_holidays]";

/// What was typed.
pub(super) fn read(form: &Form, prefix: Prefix) -> ExpectedHours {
    let hour = |field| form.text(&prefix.name(field)).parse().unwrap_or_default();
    let days = form.texts(&prefix.name(DAYS));
    let is_checked = |day: &Weekday| days.iter().any(|name| name == day.as_str());
    ExpectedHours {
        from: hour(FROM),
        to: hour(TO),
        days: Weekday::ALL.into_iter().filter(is_checked).collect(),
        public_holidays: !form.text(&prefix.name(PUBLIC_HOLIDAYS)).is_empty(),
        closed: closures::read(form, prefix),
    }
}

/// What was refused of the hours.
#[derive(Clone, Copy)]
pub(super) struct Refused {
    pub(super) to: Signal<Option<String>>,
    pub(super) days: Signal<Option<String>>,
    pub(super) closed: Signal<Option<String>>,
}

/// When the screen is expected to run: hours that are the same on each of some days.
#[component]
pub(super) fn HoursFields(
    prefix: Prefix,
    values: ExpectedHours,
    refused: Refused,
) -> impl IntoView {
    let locale = use_locale();
    let ExpectedHours {
        from: first,
        to: last,
        days: checked,
        public_holidays,
        closed,
    } = values;
    let Refused { to, days, .. } = refused;
    let boxes = Weekday::ALL.map(|day| {
        let checked = checked.contains(&day);
        view! {
            <label class="flex items-center gap-2">
                <input type="checkbox" class="checkbox checkbox-sm" name=prefix.name(DAYS) value=day.as_str() checked=checked/>
                {short_weekday(locale, day)}
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="font-medium mb-1">{td_string!(locale, sites.hours)}</legend>
            <p class="field-help mb-2">{td_string!(locale, sites.hours_help)}</p>
            <div class="grid grid-cols-2 gap-3 max-w-xs">
                <SelectField
                    label=td_string!(locale, sites.hours_from) id="site-hours-from" name=prefix.name(FROM)
                    options=options(locale, 0..24) value=first.to_string()
                />
                <SelectField
                    label=td_string!(locale, sites.hours_to) id="site-hours-to" name=prefix.name(TO)
                    options=options(locale, 1..25) value=last.to_string() error=to
                />
            </div>
            <div class="flex flex-wrap gap-x-4 gap-y-2 mt-3" role="group" aria-label=td_string!(locale, sites.hour_days)>
                {boxes}
            </div>
            {move || days.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            <label class="flex items-center gap-2 mt-3">
                <input type="checkbox" class="checkbox checkbox-sm" name=prefix.name(PUBLIC_HOLIDAYS) value="true" checked=public_holidays/>
                {td_string!(locale, sites.public_holidays)}
            </label>
            <ClosureFields prefix values=closed error=refused.closed/>
        </fieldset>
    }
    .into_any()
}

fn options(locale: Locale, hours: std::ops::Range<u8>) -> Vec<(String, String)> {
    let option = |hour: u8| {
        (
            hour.to_string(),
            td_string!(locale, sites.hour, hour = hour),
        )
    };
    hours.map(option).collect()
}
