use api::home::{Home, HourPlays};
use api::report::PlayCounts;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Bar, BarChart, Figures, Panel};
use crate::format::number;
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// Fewer columns would make a poor chart.
const LEAST_HOURS: usize = 8;

/// What was played today.
#[component]
pub(super) fn Today(home: RwSignal<Home>) -> impl IntoView {
    let locale = use_locale();
    let plays = Memo::new(move |_| home.with(|home| home.plays));
    let hours = Memo::new(move |_| home.with(|home| awake(home.hours.clone())));
    let total = move || plays.get().total();
    let complete = move || complete(locale, plays.get());
    let label = td_string!(locale, home.by_hour);
    let chart = move || view! { <BarChart label bars=hours.with(|hours| bars(locale, hours))/> };
    let head = move || {
        vec![
            td_string!(locale, home.hour_head).to_owned(),
            td_string!(locale, plays.all).to_owned(),
        ]
    };
    let figures = move || {
        let rows = hours.with(|hours| rows(locale, hours));
        view! { <Figures caption=label head=head() rows/> }
    };
    let link = view! { <a class="link link-hover text-sm ml-auto text-primary" href="/plays">{td_string!(locale, home.all_plays)}</a> };
    view! {
        <Panel id="today" title=td_string!(locale, home.plays_today) aside=link.into_any()>
            <p class="display text-4xl font-semibold" data-plays-total=move || total().to_string()>
                {move || number(locale, total())}
            </p>
            <p class="text-sm quiet mb-3">{complete}</p>
            {chart}
            <details class="mt-3 text-sm">
                <summary class="cursor-pointer quiet">{td_string!(locale, plays.as_table)}</summary>
                {figures}
            </details>
        </Panel>
    }
}

fn complete(locale: Locale, plays: PlayCounts) -> String {
    match (plays.total(), plays.completed) {
        (0, _) => td_string!(locale, home.no_plays).to_owned(),
        (total, completed) if completed == total => {
            td_string!(locale, home.complete_all).to_owned()
        }
        (_, completed) => {
            let number = number(locale, completed);
            td_string!(locale, home.complete, count = completed, number)
        }
    }
}

fn rows(locale: Locale, hours: &[HourPlays]) -> Vec<(String, Option<String>, Vec<String>)> {
    let row = |hour: &HourPlays| {
        let name = hour_words(locale, hour.hour);
        (name, None, vec![number(locale, hour.plays)])
    };
    hours.iter().map(row).collect()
}

/// The hours since the first play, and enough before to see a shape.
fn awake(hours: Vec<HourPlays>) -> Vec<HourPlays> {
    let first = hours.iter().position(|hour| hour.plays > 0);
    let latest = hours.len().saturating_sub(LEAST_HOURS);
    let from = first.map_or(latest, |first| first.min(latest));
    hours.into_iter().skip(from).collect()
}

fn hour_words(locale: Locale, hour: u32) -> String {
    td_string!(locale, home.hour, hour = hour)
}

fn bars(locale: Locale, hours: &[HourPlays]) -> Vec<Bar> {
    hours
        .iter()
        .map(|hour| {
            let label = hour_words(locale, hour.hour);
            let count = number(locale, hour.plays);
            let plays = td_string!(locale, plays.total, count = hour.plays, number = count);
            let title = format!("{label} · {plays}");
            Bar {
                label,
                value: hour.plays,
                rest: 0,
                title,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{HourPlays, awake};

    #[test]
    fn the_chart_begins_with_the_first_play_and_has_a_shape() {
        let day = |first: u32, now: u32| {
            (0..=now)
                .map(|hour| HourPlays {
                    hour,
                    plays: u64::from(hour >= first),
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(awake(day(8, 19)).first().unwrap().hour, 8);
        assert_eq!(awake(day(18, 19)).first().unwrap().hour, 12);
        assert_eq!(awake(day(99, 2)).len(), 3);
    }
}
