use api::telemetry::{Gauge, HealthPoint, Period, SiteHealth};
use chrono::{NaiveDateTime, Timelike};
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::now::figure;
use crate::components::{Bar, BarChart, Figures, Panel};
use crate::format::day_and_month;
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// One figure of the machine: where it stands, what it is called, its unit.
#[derive(Clone, Copy)]
struct Kind {
    id: &'static str,
    title: fn(Locale) -> &'static str,
    unit: &'static str,
    of: fn(&HealthPoint) -> Option<Gauge>,
}

const KINDS: [Kind; 4] = [
    Kind {
        id: "temperature",
        title: |locale| td_string!(locale, health.temperature),
        unit: "°C",
        of: |point| point.temperature_celsius,
    },
    Kind {
        id: "cpu",
        title: |locale| td_string!(locale, health.cpu),
        unit: "%",
        of: |point| point.cpu_percent,
    },
    Kind {
        id: "memory",
        title: |locale| td_string!(locale, health.memory),
        unit: "%",
        of: |point| point.memory_percent,
    },
    Kind {
        id: "disk",
        title: |locale| td_string!(locale, health.disk),
        unit: "%",
        of: |point| point.disk_percent,
    },
];

/// The figures of the machine over the period.
#[component]
pub(super) fn Charts(health: RwSignal<SiteHealth>) -> impl IntoView {
    let charts = KINDS.map(|kind| view! { <Chart kind health/> });
    view! { <div class="grid lg:grid-cols-2 gap-6">{charts}</div> }
}

#[component]
fn Chart(kind: Kind, health: RwSignal<SiteHealth>) -> impl IntoView {
    let locale = use_locale();
    let title = format!("{} ({})", (kind.title)(locale), kind.unit);
    let label = StoredValue::new(title.clone());
    let points = Memo::new(move |_| health.with(|health| told(locale, health, kind)));
    let is_any =
        Memo::new(move |_| points.with(|points| points.iter().any(|(_, gauge)| gauge.is_some())));
    let is_whole =
        Memo::new(move |_| points.with(|points| points.iter().all(|(_, gauge)| gauge.is_some())));
    let all = RwSignal::new(false);
    let chart = move || {
        let bars = points.with(|points| bars(locale, points, kind.unit));
        view! { <BarChart label=label.get_value() bars/> }
    };
    let figures = move || {
        let rows = points.with(|points| rows(locale, points, kind.unit));
        view! { <Figures caption=label.get_value() all head=head(locale) rows/> }
    };
    let content = move || {
        if !is_any.get() {
            return view! { <p class="quiet">{td_string!(locale, health.nothing_known)}</p> }
                .into_any();
        }
        let gaps = move || (!is_whole.get()).then(|| td_string!(locale, health.gaps));
        view! {
            {chart}
            <p class="quiet text-sm mt-2">{td_string!(locale, health.legend)} " " {gaps}</p>
            <details class="mt-3 text-sm">
                <summary class="cursor-pointer quiet">{td_string!(locale, plays.as_table)}</summary>
                {figures}
            </details>
        }
        .into_any()
    };
    view! {
        <Panel id=kind.id title>
            {content}
        </Panel>
    }
    .into_any()
}

type Told = (String, Option<Gauge>);

fn told(locale: Locale, health: &SiteHealth, kind: Kind) -> Vec<Told> {
    let points = health.points.iter();
    points
        .map(|point| (moment(locale, health.period, point.local), (kind.of)(point)))
        .collect()
}

/// When a point begins, by the clocks on site.
fn moment(locale: Locale, period: Period, local: NaiveDateTime) -> String {
    let day = || day_and_month(locale, local.date());
    match period {
        Period::Day => format!("{}:{:02}", local.hour(), local.minute()),
        Period::Week => td_string!(locale, health.moment, day = day(), hour = local.hour()),
        Period::Month => day(),
    }
}

/// The average below, what the highest adds above. What is not known has no column.
fn bars(locale: Locale, points: &[Told], unit: &str) -> Vec<Bar> {
    let bar = |(moment, gauge): &Told| {
        let (mean, most) = gauge.map_or((0, 0), |gauge| (whole(gauge.mean), whole(gauge.most)));
        Bar {
            label: moment.clone(),
            value: mean,
            rest: most.saturating_sub(mean),
            title: format!("{moment} · {}", figures(locale, *gauge, unit).join(" / ")),
        }
    };
    points.iter().map(bar).collect()
}

fn rows(locale: Locale, points: &[Told], unit: &str) -> Vec<(String, Option<String>, Vec<String>)> {
    let row = |(moment, gauge): &Told| (moment.clone(), None, figures(locale, *gauge, unit));
    points.iter().map(row).collect()
}

fn figures(locale: Locale, gauge: Option<Gauge>, unit: &str) -> Vec<String> {
    match gauge {
        Some(Gauge { mean, most }) => [mean, most]
            .map(|value| figure(locale, whole(value), unit))
            .into(),
        None => vec![td_string!(locale, site.unknown).to_owned(); 2],
    }
}

fn head(locale: Locale) -> Vec<String> {
    [
        td_string!(locale, health.moment_head),
        td_string!(locale, health.mean),
        td_string!(locale, health.most),
    ]
    .map(str::to_owned)
    .into()
}

/// Machines indoors are not below zero.
fn whole(value: i32) -> u64 {
    value.try_into().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_has_no_column_and_says_so() {
        let points = [
            ("14:00".to_owned(), Some(Gauge { mean: 40, most: 55 })),
            ("14:15".to_owned(), None),
        ];
        let bars = bars(Locale::fr, &points, "%");
        assert_eq!((bars[0].value, bars[0].rest), (40, 15));
        assert_eq!(bars[1].title, "14:15 · inconnu / inconnu");
        let rows = rows(Locale::fr, &points, "%");
        assert_eq!(rows[0].2, ["40\u{a0}%", "55\u{a0}%"]);
        assert_eq!(rows[1].2, ["inconnu", "inconnu"]);
    }
}
