use api::telemetry::{Availability, DayAvailability, SiteHealth};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Bar, BarChart, Figures, Panel};
use crate::format::{day_and_month, percent, short_date};
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// Whether the screen answered when it was expected to, and how much of that is known.
#[component]
pub(super) fn AvailabilityPanel(health: RwSignal<SiteHealth>) -> impl IntoView {
    let locale = use_locale();
    let label = td_string!(locale, health.availability_chart);
    let days = Memo::new(move |_| health.with(|health| health.days.clone()));
    let sums = Memo::new(move |_| health.with(|health| health.availability));
    let chart = move || {
        let bars: Vec<_> = days.with(|days| days.iter().map(|day| bar(locale, day)).collect());
        // A day or two are figures, not a chart.
        (bars.len() > 2).then(|| view! { <BarChart label bars/> })
    };
    let all = RwSignal::new(false);
    let figures = move || {
        let rows = days.with(|days| days.iter().map(|day| row(locale, day)).collect());
        let head = [
            td_string!(locale, plays.day),
            td_string!(locale, health.availability),
            td_string!(locale, health.coverage_head),
        ];
        view! { <Figures caption=label head=head.map(str::to_owned).into() rows all/> }
    };
    view! {
        <Panel id="availability" title=td_string!(locale, health.availability)>
            <p class="display text-4xl font-semibold">{move || share(locale, sums.get())}</p>
            <p class="quiet text-sm mb-3">
                {td_string!(locale, health.availability_text)} " " {move || coverage(locale, sums.get())}
            </p>
            {chart}
            <details class="mt-3 text-sm">
                <summary class="cursor-pointer quiet">{td_string!(locale, plays.as_table)}</summary>
                {figures}
            </details>
        </Panel>
    }
}

fn share(locale: Locale, sums: Availability) -> String {
    match sums.known_s {
        0 => td_string!(locale, site.unknown).to_owned(),
        known => percent(locale, sums.online_s, known),
    }
}

fn coverage(locale: Locale, sums: Availability) -> String {
    match (sums.expected_s, sums.known_s) {
        (0, _) => td_string!(locale, health.nothing_expected).to_owned(),
        (_, 0) => td_string!(locale, health.nothing_known).to_owned(),
        (expected, known) => {
            td_string!(
                locale,
                health.coverage,
                percent = percent(locale, known, expected)
            )
        }
    }
}

fn row(locale: Locale, day: &DayAvailability) -> (String, Option<String>, Vec<String>) {
    let sums = day.availability;
    let known = match sums.expected_s {
        0 => "–".to_owned(),
        expected if sums.known_s == 0 => percent(locale, 0, expected),
        expected => percent(locale, sums.known_s, expected),
    };
    (
        short_date(locale, day.day),
        None,
        vec![share(locale, sums), known],
    )
}

fn bar(locale: Locale, day: &DayAvailability) -> Bar {
    let sums = day.availability;
    let value = (sums.online_s * 100).checked_div(sums.known_s);
    Bar {
        label: day_and_month(locale, day.day),
        value: value.unwrap_or(0),
        rest: 0,
        title: format!("{} · {}", short_date(locale, day.day), share(locale, sums)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_no_percentage() {
        let sums = |expected_s, known_s, online_s| Availability {
            expected_s,
            known_s,
            online_s,
        };
        let say = |sums| (share(Locale::fr, sums), coverage(Locale::fr, sums));
        assert_eq!(say(sums(3600, 0, 0)).0, "inconnu");
        assert_eq!(say(sums(3600, 1800, 0)).0, "0,0\u{a0}%");
        assert!(say(sums(3600, 1800, 1800)).1.contains("50,0\u{a0}%"));
        assert_ne!(say(sums(0, 0, 0)).1, say(sums(3600, 0, 0)).1);
    }
}
