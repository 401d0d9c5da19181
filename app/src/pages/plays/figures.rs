use api::report::{DayPlays, PlayCounts, PlayReport};
use leptos_i18n::td_string;

use crate::components::Bar;
use crate::format::{day_and_month, number, percent, short_date};
use crate::i18n::Locale;

/// A row of a table of figures: name, address, figures.
pub(super) type Row = (String, Option<String>, Vec<String>);

/// Heads of a table whose first column is `first`.
pub(super) fn head(locale: Locale, first: &str) -> Vec<String> {
    [
        first,
        td_string!(locale, plays.all),
        td_string!(locale, plays.completed),
        td_string!(locale, plays.skipped),
        td_string!(locale, plays.error),
        td_string!(locale, plays.cut),
        td_string!(locale, plays.share),
    ]
    .map(str::to_owned)
    .into()
}

fn row(locale: Locale, name: String, href: Option<String>, counts: PlayCounts) -> Row {
    let share = if counts.total() == 0 {
        "–".to_owned()
    } else {
        percent(locale, counts.completed, counts.total())
    };
    let mut figures: Vec<_> = [
        counts.total(),
        counts.completed,
        counts.skipped,
        counts.error,
        counts.cut,
    ]
    .map(|count| number(locale, count))
    .into();
    figures.push(share);
    (name, href, figures)
}

/// The figures behind the chart.
pub(super) fn day_rows(locale: Locale, days: &[DayPlays]) -> Vec<Row> {
    days.iter()
        .map(|day| row(locale, short_date(locale, day.day), None, day.counts))
        .collect()
}

/// Most played first.
pub(super) fn video_rows(locale: Locale, report: &PlayReport) -> Vec<Row> {
    let href = |id| Some(format!("/videos/{id}"));
    let videos = report.videos.iter();
    videos
        .map(|video| {
            row(
                locale,
                video.name.clone(),
                href(video.video_id),
                video.counts,
            )
        })
        .collect()
}

/// Most plays first.
pub(super) fn site_rows(locale: Locale, report: &PlayReport) -> Vec<Row> {
    let sites = report.sites.iter();
    sites
        .map(|site| {
            let href = Some(format!("/sites/{}/plays", site.site_id));
            row(locale, site.name.clone(), href, site.counts)
        })
        .collect()
}

/// A column for each day: complete plays below, others above.
pub(super) fn day_bars(locale: Locale, days: &[DayPlays]) -> Vec<Bar> {
    days.iter()
        .map(|day| {
            let total = day.counts.total();
            let words = td_string!(
                locale,
                plays.total,
                count = total,
                number = number(locale, total)
            );
            Bar {
                label: day_and_month(locale, day.day),
                value: day.counts.completed,
                rest: total - day.counts.completed,
                title: format!("{} · {words}", short_date(locale, day.day)),
            }
        })
        .collect()
}
