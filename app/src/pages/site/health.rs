//! `/sites/{id}/health`: how the machine behind the TV is, and was.

mod availability;
mod charts;
mod now;

use std::time::Duration;

use api::telemetry::{HealthFilter, Period, SiteHealth};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use super::frame::use_site;
use crate::backend::sites::get_site_health;
use crate::components::Load;
use crate::fetch::fetch;
use crate::i18n::Locale;
use crate::live;
use crate::state::language::use_locale;

use availability::AvailabilityPanel;
use charts::Charts;
use now::NowPanel;

/// Figures are written this often.
const PERIOD: Duration = Duration::from_mins(1);

/// How the machine behind the TV is, and was.
#[component]
pub fn SiteHealthPage() -> impl IntoView {
    let site = use_site();
    let parameters = use_query_map();
    let period = Memo::new(move |_| {
        let name = parameters.with(|parameters| parameters.get("period"));
        let of_name = |period: &Period| Some(period.as_str()) == name.as_deref();
        Period::ALL.into_iter().find(of_name).unwrap_or_default()
    });
    let health = fetch(move || {
        let (id, filter) = (
            site.id(),
            HealthFilter {
                period: period.get(),
            },
        );
        async move { get_site_health(id?, filter).await }
    });
    view! {
        <Load resource=site.detail let:detail>
            <NowPanel detail=site.follow(detail)/>
        </Load>
        <Periods period/>
        <Load resource=health let:health>
            <Past health/>
        </Load>
    }
}

#[component]
fn Past(health: SiteHealth) -> impl IntoView {
    let site = use_site();
    let filter = HealthFilter {
        period: health.period,
    };
    let health = RwSignal::new(health);
    live::every(PERIOD, health, move || {
        let id = site.id();
        async move { get_site_health(id?, filter).await }
    });
    view! {
        <div class="grid gap-6">
            <AvailabilityPanel health/>
            <Charts health/>
        </div>
    }
}

/// Which past: a link each, so that it can be sent to a colleague.
#[component]
fn Periods(period: Memo<Period>) -> impl IntoView {
    let locale = use_locale();
    let link = move |choice: Period| {
        let current = move || (period.get() == choice).then_some("true");
        view! {
            <a
                class="btn btn-sm join-item"
                class:btn-active=move || period.get() == choice
                href=format!("?period={}", choice.as_str())
                aria-current=current
            >
                {words(locale, choice)}
            </a>
        }
    };
    view! {
        <nav class="join my-6" aria-label=td_string!(locale, health.period)>
            {Period::ALL.map(link)}
        </nav>
    }
    .into_any()
}

fn words(locale: Locale, period: Period) -> &'static str {
    match period {
        Period::Day => td_string!(locale, health.day),
        Period::Week => td_string!(locale, health.week),
        Period::Month => td_string!(locale, health.month),
    }
}
