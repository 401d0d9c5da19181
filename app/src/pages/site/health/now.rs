use api::metrics::{Metrics, Throttling};
use api::site::{SiteDetail, SitePlayer};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::Panel;
use crate::format::{bytes, decimal, span};
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// The machine at its last report.
#[component]
pub(super) fn NowPanel(detail: Signal<SiteDetail>) -> impl IntoView {
    let locale = use_locale();
    let content = move || {
        detail.with(|detail| match &detail.player {
            Some(player) => facts(locale, player),
            None => {
                view! { <p class="quiet">{td_string!(locale, health.no_player)}</p> }.into_any()
            }
        })
    };
    view! {
        <Panel id="machine" title=td_string!(locale, health.now)>
            {content}
        </Panel>
    }
}

fn facts(locale: Locale, player: &SitePlayer) -> AnyView {
    let metrics = player.metrics;
    let cpu = metrics
        .cpu_percent
        .map(|percent| figure(locale, percent.into(), "%"));
    let uptime = metrics
        .uptime_s
        .map(|seconds| span(locale, seconds.try_into().unwrap_or(i64::MAX)));
    let rows = [
        (td_string!(locale, health.cpu), cpu),
        (
            td_string!(locale, health.memory),
            used(
                locale,
                metrics.memory_used_bytes,
                metrics.memory_total_bytes,
            ),
        ),
        (
            td_string!(locale, health.temperature),
            temperature(locale, &metrics),
        ),
        (
            td_string!(locale, health.disk),
            used(locale, metrics.disk_used_bytes, metrics.disk_total_bytes),
        ),
        (td_string!(locale, health.uptime), uptime),
        (
            td_string!(locale, health.supply),
            metrics.throttling.map(|now| supply(locale, now)),
        ),
        (td_string!(locale, health.version), player.version.clone()),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(words, value)| {
            let value = value.unwrap_or_else(|| td_string!(locale, site.unknown).to_owned());
            view! {
                <div class="py-1">
                    <dt class="quiet text-sm">{words}</dt>
                    <dd class="wrap-anywhere">{value}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="grid grid-cols-2 md:grid-cols-4 gap-x-6 gap-y-2">{rows}</dl> }.into_any()
}

/// `48 %`, `61 °C`.
pub(super) fn figure(locale: Locale, value: u64, unit: &str) -> String {
    let space = match (locale, unit) {
        (Locale::en, "%") => "",
        _ => "\u{a0}",
    };
    format!("{value}{space}{unit}")
}

fn used(locale: Locale, used: Option<u64>, total: Option<u64>) -> Option<String> {
    let (used, total) = (bytes(locale, used?), bytes(locale, total?));
    Some(td_string!(locale, health.used, used, total))
}

fn temperature(locale: Locale, metrics: &Metrics) -> Option<String> {
    let tenths = metrics.temperature_millicelsius? / 100;
    let sign = if tenths < 0 { "−" } else { "" };
    Some(format!(
        "{sign}{}\u{a0}°C",
        decimal(locale, tenths.unsigned_abs().into(), 1)
    ))
}

fn supply(locale: Locale, now: Throttling) -> String {
    match now {
        Throttling {
            undervoltage: true, ..
        } => td_string!(locale, health.supply_weak),
        Throttling {
            throttled: true, ..
        } => td_string!(locale, health.slowed),
        Throttling {
            undervoltage_before: true,
            ..
        } => td_string!(locale, health.supply_was_weak),
        Throttling {
            throttled_before: true,
            ..
        } => td_string!(locale, health.was_slowed),
        Throttling { .. } => td_string!(locale, health.supply_good),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_said() {
        let unknown = Metrics::default();
        assert_eq!(temperature(Locale::fr, &unknown), None);
        assert_eq!(used(Locale::fr, Some(1), None), None);
        let warm = |millicelsius| Metrics {
            temperature_millicelsius: Some(millicelsius),
            ..unknown
        };
        let say = |millicelsius| temperature(Locale::fr, &warm(millicelsius)).unwrap();
        assert_eq!(say(61_384), "61,3\u{a0}°C");
        assert_eq!(say(-2_500), "−2,5\u{a0}°C");
    }

    #[test]
    fn what_is_wrong_now_is_said_before_what_was() {
        let was = Throttling {
            throttled_before: true,
            ..Throttling::default()
        };
        let weak = Throttling {
            undervoltage: true,
            ..was
        };
        let say = |now| supply(Locale::fr, now);
        assert_ne!(say(was), say(weak));
        assert_ne!(say(was), say(Throttling::default()));
    }
}
