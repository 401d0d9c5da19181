use api::event::Event;
use api::report::{PlayFilter, PlayReport};
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::Scope;
use super::figures::{Row, day_bars, day_rows, head, site_rows, video_rows};
use crate::backend::plays::report_plays;
use crate::components::{BarChart, Empty, Figures, Glyph, Icon, LinkButton, Panel};
use crate::format::{number, percent, short_date, span};
use crate::i18n::Locale;
use crate::live;
use crate::state::language::use_locale;

/// The plays of a period: totals, chart, tables. New plays are counted as they come.
#[component]
pub(super) fn ReportView(scope: Scope, report: PlayReport, filter: PlayFilter) -> impl IntoView {
    let report = RwSignal::new(report);
    let concerns = move |event: Event| match event {
        Event::PlaysStored { site } => scope.site().is_none_or(|shown| shown == site),
        _ => false,
    };
    live::follow(report, move || report_plays(filter.clone()), concerns);
    let is_any = Memo::new(move |_| report.with(|report| report.total.total() > 0));
    let quarantined = Memo::new(move |_| report.with(|report| report.quarantined));
    let content = move || {
        if is_any.get() {
            view! { <Tables scope report/> }.into_any()
        } else {
            view! { <NoPlays/> }.into_any()
        }
    };
    view! {
        <Totals report/>
        {move || view! { <Quarantined count=quarantined.get()/> }}
        {content}
    }
}

#[component]
fn NoPlays() -> impl IntoView {
    let locale = use_locale();
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
}

#[component]
fn Totals(report: RwSignal<PlayReport>) -> impl IntoView {
    let locale = use_locale();
    let total = Memo::new(move |_| report.with(|report| report.total.total()));
    let words = move || {
        let number = number(locale, total.get());
        td_string!(locale, plays.total, count = total.get(), number)
    };
    let below = move || report.with(|report| below(locale, report));
    view! {
        <div class="mb-5">
            <p class="display text-4xl font-semibold" data-plays-total=move || total.get().to_string()>
                {words}
            </p>
            <p class="quiet mt-1">{below}</p>
            <p class="quiet text-sm mt-1">{td_string!(locale, plays.complete_note)}</p>
        </div>
    }
    .into_any()
}

fn below(locale: Locale, report: &PlayReport) -> String {
    let total = report.total.total();
    let (from, to) = (
        short_date(locale, report.from),
        short_date(locale, report.to),
    );
    let mut parts = vec![td_string!(locale, plays.period, from, to)];
    if total > 0 {
        let share = percent(locale, report.total.completed, total);
        let shown = span(locale, i64::try_from(report.shown_s).unwrap_or(i64::MAX));
        parts.push(td_string!(locale, plays.complete, percent = share));
        parts.push(td_string!(locale, plays.shown, span = shown));
    }
    parts.join(" · ")
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
fn Tables(scope: Scope, report: RwSignal<PlayReport>) -> impl IntoView {
    let locale = use_locale();
    let by_video = scope.video().is_none().then(|| {
        let title = td_string!(locale, plays.by_video);
        let rows = move || report.with(|report| video_rows(locale, report));
        view! { <Table id="by-video" title first=td_string!(locale, plays.video) rows=Signal::derive(rows)/> }
    });
    let by_site = scope.site().is_none().then(|| {
        let title = td_string!(locale, plays.by_site);
        let rows = move || report.with(|report| site_rows(locale, report));
        view! { <Table id="by-site" title first=td_string!(locale, plays.site) rows=Signal::derive(rows)/> }
    });
    view! {
        <div class="grid gap-6">
            <Days report/>
            {by_video}
            {by_site}
        </div>
    }
}

#[component]
fn Days(report: RwSignal<PlayReport>) -> impl IntoView {
    let locale = use_locale();
    let caption = td_string!(locale, plays.chart);
    let days = Memo::new(move |_| report.with(|report| report.days.clone()));
    let all = RwSignal::new(false);
    let chart = move || {
        let bars = days.with(|days| day_bars(locale, days));
        view! { <BarChart label=caption bars/> }
    };
    let figures = move || {
        let rows = days.with(|days| day_rows(locale, days));
        view! { <Figures caption head=head(locale, td_string!(locale, plays.day)) rows all/> }
    };
    view! {
        <Panel id="by-day" title=td_string!(locale, plays.by_day) aside=legend().into_any()>
            {chart}
            <details class="mt-3 text-sm">
                <summary class="cursor-pointer quiet">{td_string!(locale, plays.as_table)}</summary>
                {figures}
            </details>
        </Panel>
    }
    .into_any()
}

#[component]
fn Table(
    id: &'static str,
    title: &'static str,
    first: &'static str,
    rows: Signal<Vec<Row>>,
) -> impl IntoView {
    let locale = use_locale();
    let rows = Memo::new(move |_| rows.get());
    let all = RwSignal::new(false);
    let figures =
        move || view! { <Figures caption=title head=head(locale, first) rows=rows.get() all/> };
    view! { <Panel id title>{figures}</Panel> }.into_any()
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
