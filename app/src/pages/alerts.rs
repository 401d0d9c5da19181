//! `/alerts`: what is wrong, and what was.

mod row;

use api::alert::{Alert, AlertFilter};
use api::event::Event;
use api::page::Page;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::backend::alerts::list_alerts;
use crate::components::{Empty, Glyph, Load, PageHead, Pager};
use crate::fetch::fetch;
use crate::i18n::Locale;
use crate::live;
use crate::pages::query;
use crate::state::language::use_locale;

use row::Row;

/// The alerts.
#[component]
pub fn AlertsPage() -> impl IntoView {
    let locale = use_locale();
    let parameters = use_query_map();
    let filter = Memo::new(move |_| parameters.with(filter_of));
    let alerts = fetch(move || list_alerts(filter.get()));
    let changed = Callback::new(move |()| alerts.refetch());
    view! {
        <PageHead title=td_string!(locale, alerts.title).to_owned()/>
        <Filters filter/>
        <Load resource=alerts let:page>
            <AlertList page filter=filter.get_untracked() changed/>
        </Load>
    }
}

/// Which of them are shown: plain links, each with its address.
#[component]
fn Filters(filter: Memo<AlertFilter>) -> impl IntoView {
    let locale = use_locale();
    let choices = [
        (None, td_string!(locale, alerts.all)),
        (Some(true), td_string!(locale, alerts.open)),
        (Some(false), td_string!(locale, alerts.ended)),
    ];
    let links: Vec<_> = choices
        .into_iter()
        .map(|(open, words)| {
            let current = move || (filter.get().open == open).then_some("page");
            let of = AlertFilter {
                open,
                ..AlertFilter::default()
            };
            view! {
                <a class="btn btn-sm" href=address(&of, 1) aria-current=current>
                    {words}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="flex flex-wrap gap-2 mb-5" aria-label=td_string!(locale, alerts.filter)>
            {links}
        </nav>
    }
}

/// A page of the alerts. Follows what changes.
#[component]
fn AlertList(page: Page<Alert>, filter: AlertFilter, changed: Callback<()>) -> impl IntoView {
    let asked = filter.clone();
    let page = RwSignal::new(page);
    live::follow(
        page,
        move || list_alerts(asked.clone()),
        |event| event == Event::AlertsChanged,
    );
    let filter = StoredValue::new(filter);
    let pager = move || {
        let (page, pages) = page.with(|page| (page.page, page.pages()));
        let href = Callback::new(move |number| filter.with_value(|f| address(f, number)));
        view! { <Pager page pages href/> }
    };
    let content = move || {
        let alerts = page.with(|page| page.items.clone());
        if alerts.is_empty() {
            return nothing().into_any();
        }
        let rows: Vec<_> = alerts
            .into_iter()
            .map(|alert| view! { <Row alert changed/> })
            .collect();
        view! { <ul class="panel rows px-5">{rows}</ul> }.into_any()
    };
    view! {
        {content}
        {pager}
    }
}

fn nothing() -> impl IntoView {
    let locale = use_locale();
    view! {
        <Empty
            glyph=Glyph::Warning
            title=td_string!(locale, alerts.none)
            text=td_string!(locale, alerts.none_text)
        />
    }
}

fn filter_of(parameters: &ParamsMap) -> AlertFilter {
    AlertFilter {
        open: query::value(parameters, "open"),
        page: query::value(parameters, "page"),
        per_page: query::value(parameters, "per_page"),
    }
}

fn address(filter: &AlertFilter, page: u64) -> String {
    query::address(
        "/alerts",
        &[
            ("open", filter.open.map(|open| open.to_string())),
            ("page", (page > 1).then(|| page.to_string())),
            ("per_page", filter.per_page.map(|rows| rows.to_string())),
        ],
    )
}

/// What an alert is about, in one line.
fn words(locale: Locale, alert: &Alert) -> String {
    use api::alert::AlertKind;
    let name = alert.name.clone();
    let figure = alert.figure.unwrap_or_default();
    match alert.kind {
        AlertKind::SiteOffline => td_string!(locale, alerts.site_offline, name),
        AlertKind::Fleet => td_string!(locale, alerts.fleet, figure),
        AlertKind::Temperature => td_string!(locale, alerts.temperature, name, figure),
        AlertKind::Disk => td_string!(locale, alerts.disk, name, figure),
        AlertKind::Errors => td_string!(locale, alerts.errors, figure),
        AlertKind::Panic => td_string!(locale, alerts.panic, name),
        AlertKind::Dependency | AlertKind::Other => {
            let name = match name.as_str() {
                "database" => td_string!(locale, alerts.database).to_owned(),
                "storage" => td_string!(locale, alerts.storage).to_owned(),
                "redis" => "Redis".to_owned(),
                _ => name,
            };
            td_string!(locale, alerts.dependency, name)
        }
    }
}
