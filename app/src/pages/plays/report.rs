use api::report::PlayReport;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::Scope;
use super::figures::{day_bars, day_rows, head, site_rows, video_rows};
use crate::components::{BarChart, Empty, Figures, Glyph, Icon, LinkButton, Panel};
use crate::format::{number, percent, short_date, span};
use crate::state::language::use_locale;

/// The plays of a period: totals, chart, tables.
#[component]
pub(super) fn ReportView(scope: Scope, report: PlayReport) -> impl IntoView {
    let locale = use_locale();
    let totals = view! { <Totals report=report.clone()/> };
    let quarantined = report.quarantined;
    let content = if report.total.total() == 0 {
        view! {
            <Empty
                glyph=Glyph::Chart
                title=td_string!(locale, plays.none)
                text=td_string!(locale, plays.none_text)
            >
                <LinkButton href="/sites" label=td_string!(locale, nav.sites)/>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Tables scope report/> }.into_any()
    };
    view! {
        {totals}
        <Quarantined count=quarantined/>
        {content}
    }
}

#[component]
fn Totals(report: PlayReport) -> impl IntoView {
    let locale = use_locale();
    let total = report.total.total();
    let words = td_string!(
        locale,
        plays.total,
        count = total,
        number = number(locale, total)
    );
    let share = percent(locale, report.total.completed, total);
    let shown = span(locale, i64::try_from(report.shown_s).unwrap_or(i64::MAX));
    let (from, to) = (
        short_date(locale, report.from),
        short_date(locale, report.to),
    );
    let mut parts = vec![td_string!(locale, plays.period, from, to)];
    if total > 0 {
        parts.push(td_string!(locale, plays.complete, percent = share));
        parts.push(td_string!(locale, plays.shown, span = shown));
    }
    view! {
        <div class="mb-5">
            <p class="display text-4xl font-semibold" data-plays-total=total.to_string()>
                {words}
            </p>
            <p class="quiet mt-1">{parts.join(" · ")}</p>
            <p class="quiet text-sm mt-1">{td_string!(locale, plays.complete_note)}</p>
        </div>
    }
}

/// Plays that do not count are told, never hidden.
#[component]
fn Quarantined(count: u64) -> impl IntoView {
    let locale = use_locale();
    (count > 0).then(|| {
        let words = td_string!(
            locale,
            plays.quarantined,
            count,
            number = number(locale, count)
        );
        view! {
            <div class="panel panel-warning p-4 mb-5 flex gap-3">
                <Icon glyph=Glyph::Warning class="w-5 h-5 shrink-0"/>
                <div>
                    <p class="font-medium">{words}</p>
                    <p class="quiet text-sm">{td_string!(locale, plays.quarantined_text)}</p>
                </div>
            </div>
        }
    })
}

#[component]
fn Tables(scope: Scope, report: PlayReport) -> impl IntoView {
    let locale = use_locale();
    let caption = td_string!(locale, plays.chart);
    let day = td_string!(locale, plays.day);
    let (video, site) = (
        td_string!(locale, plays.video),
        td_string!(locale, plays.site),
    );
    let rows = video_rows(locale, &report);
    let videos = scope.video().is_none().then(|| {
        let title = td_string!(locale, plays.by_video);
        view! { <Panel id="by-video" title><Figures caption=title head=head(locale, video) rows/></Panel> }
    });
    let rows = site_rows(locale, &report);
    let sites = scope.site().is_none().then(|| {
        let title = td_string!(locale, plays.by_site);
        view! { <Panel id="by-site" title><Figures caption=title head=head(locale, site) rows/></Panel> }
    });
    let rows = day_rows(locale, &report);
    view! {
        <div class="grid gap-6">
            <Panel id="by-day" title=td_string!(locale, plays.by_day) aside=legend().into_any()>
                <BarChart label=caption bars=day_bars(locale, &report.days)/>
                <details class="mt-3 text-sm">
                    <summary class="cursor-pointer quiet">{td_string!(locale, plays.as_table)}</summary>
                    <Figures caption=caption head=head(locale, day) rows/>
                </details>
            </Panel>
            {videos}
            {sites}
        </div>
    }
}

fn legend() -> impl IntoView {
    let locale = use_locale();
    let entry = |class: &'static str, words: &'static str| {
        view! {
            <span class="flex items-center gap-2">
                <svg viewBox="0 0 10 10" class="w-2.5 h-2.5" aria-hidden="true">
                    <rect class=class width="10" height="10" rx="2"></rect>
                </svg>
                {words}
            </span>
        }
    };
    view! {
        <span class="ml-auto flex flex-wrap gap-4 text-sm quiet">
            {entry("chart-bar", td_string!(locale, plays.completed))}
            {entry("chart-bar-rest", td_string!(locale, plays.other))}
        </span>
    }
}
