use api::hours::{Closure, MAX_CLOSURES};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::form::Prefix;
use crate::browser::Form;
use crate::components::{Button, ButtonSize, Glyph, Icon};
use crate::state::language::use_locale;

/// What was typed. One day is enough where the other was left empty; a row without any is no closure.
pub(super) fn read(form: &Form, prefix: Prefix) -> Vec<Closure> {
    let typed = |row, end| form.texts(&name(prefix, row, end)).pop();
    let rows = (0..).map_while(|row| Some((typed(row, "from")?, typed(row, "until")?)));
    let closure = |(from, until): (String, String)| {
        let [from, until] = [from, until].map(|day| day.parse::<NaiveDate>().ok());
        Some(Closure {
            from: from.or(until)?,
            until: until.or(from)?,
        })
    };
    rows.filter_map(closure).collect()
}

fn name(prefix: Prefix, row: usize, end: &str) -> String {
    prefix.name(&format!("[expected_hours][closed][{row}][{end}]"))
}

/// A row of the form: its key stays with it, whatever is added or removed.
type Row = (usize, Option<Closure>);

/// The days on which a place is closed.
#[component]
pub(super) fn ClosureFields(
    prefix: Prefix,
    values: Vec<Closure>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let rows: Vec<Row> = values.into_iter().map(Some).enumerate().collect();
    let next = StoredValue::new(rows.len());
    let rows = RwSignal::new(rows);
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        rows.update(|rows| rows.push((key, None)));
    };
    let remove = move |key| rows.update(|rows| rows.retain(|row| row.0 != key));
    let is_full = Signal::derive(move || rows.with(Vec::len) >= MAX_CLOSURES);
    view! {
        <div class="mt-4" role="group" aria-labelledby="site-closures">
            <p id="site-closures" class="font-medium">{td_string!(locale, sites.closures)}</p>
            <p class="field-help mb-2">{td_string!(locale, sites.closures_help)}</p>
            <ul class="grid gap-2 mb-2">
                <ForEnumerate each=move || rows.get() key=|row| row.0 let(place, row)>
                    <ClosureRow prefix place closure=row.1 remove=move || remove(row.0)/>
                </ForEnumerate>
            </ul>
            {move || error.get().map(|text| view! { <p class="field-error mb-2" role="alert">{text}</p> })}
            <Button
                label=td_string!(locale, sites.closure_add) size=ButtonSize::Small glyph=Glyph::Plus
                disabled=is_full on_click=add
            />
        </div>
    }
    .into_any()
}

#[component]
fn ClosureRow(
    prefix: Prefix,
    place: ReadSignal<usize>,
    closure: Option<Closure>,
    remove: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let locale = use_locale();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let (from, until) = (
        closure.map(|days| days.from),
        closure.map(|days| days.until),
    );
    let label = td_string!(locale, sites.closure_remove);
    view! {
        <li class="flex flex-wrap items-center gap-2">
            <label class="flex items-center gap-2">
                {td_string!(locale, sites.closed_from)}
                <input class="input input-sm w-auto" type="date" value=day(from) name=move || name(prefix, place.get(), "from")/>
            </label>
            <label class="flex items-center gap-2">
                {td_string!(locale, sites.closed_until)}
                <input class="input input-sm w-auto" type="date" value=day(until) name=move || name(prefix, place.get(), "until")/>
            </label>
            <button type="button" class="btn btn-ghost btn-sm btn-square" aria-label=label title=label on:click=move |_| remove()>
                <Icon glyph=Glyph::Close/>
            </button>
        </li>
    }
    .into_any()
}
