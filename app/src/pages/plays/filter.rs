use chrono::NaiveDate;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use super::Scope;
use crate::components::{Button, ButtonKind, ButtonSize, Glyph, Icon, Place, QueryForm};
use crate::pages::query;
use crate::state::language::use_locale;
use crate::upstream;

/// What the export is called where the browser is not told by the server.
const CSV: &str = "plays.csv";

/// The period of a report, and the export of its plays.
#[component]
pub(super) fn PeriodForm(scope: Scope, from: NaiveDate, to: NaiveDate) -> impl IntoView {
    let locale = use_locale();
    let path = csv(scope, from, to);
    let fetched = path.clone();
    let by_token = move |event: MouseEvent| {
        if upstream::is_by_token() {
            event.prevent_default();
            let path = fetched.clone();
            spawn_local(async move {
                // The browser says what went wrong, as it does for other downloads.
                let _ = upstream::download(&path, CSV).await;
            });
        }
    };
    view! {
        <div class="flex flex-wrap items-end gap-3 mb-5">
            <QueryForm action=scope.path() place=Place::Same>
                <fieldset class="flex flex-wrap items-end gap-3">
                    <legend class="visually-hidden">{td_string!(locale, plays.filter)}</legend>
                    <DateInput label=td_string!(locale, plays.from) id="plays-from" name="from" value=from/>
                    <DateInput label=td_string!(locale, plays.to) id="plays-to" name="to" value=to/>
                    <Button
                        label=td_string!(locale, plays.apply).to_owned()
                        role="submit"
                        kind=ButtonKind::Plain
                        size=ButtonSize::Small
                    />
                </fieldset>
            </QueryForm>
            // A file, not a page: the router keeps off.
            <a class="btn btn-sm ml-auto" href=upstream::url(&path) download="" rel="external" on:click=by_token>
                <Icon glyph=Glyph::Download/>
                {td_string!(locale, plays.csv)}
            </a>
        </div>
    }
}

#[component]
fn DateInput(
    label: &'static str,
    id: &'static str,
    name: &'static str,
    value: NaiveDate,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input class="input input-sm" type="date" id=id name=name value=value.to_string() required=true/>
        </div>
    }
}

fn csv(scope: Scope, from: NaiveDate, to: NaiveDate) -> String {
    query::address(
        "/api/v1/plays.csv",
        &[
            ("from", Some(from.to_string())),
            ("to", Some(to.to_string())),
            ("site", scope.site().map(|id| id.to_string())),
            ("video", scope.video().map(|id| id.to_string())),
        ],
    )
}
