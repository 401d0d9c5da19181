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

/// Most played first. A deleted video has no page to lead to.
pub(super) fn video_rows(locale: Locale, report: &PlayReport) -> Vec<Row> {
    let videos = report.videos.iter();
    videos
        .map(|video| {
            let name = video.name.clone();
            let (name, href) = if video.deleted {
                (td_string!(locale, plays.deleted, name), None)
            } else {
                (name, Some(format!("/videos/{}", video.video_id)))
            };
            row(locale, name, href, video.counts)
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

#[cfg(test)]
mod tests {
    use api::id::VideoId;
    use api::report::{PlayCounts, VideoPlays};
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_deleted_video_says_so_and_leads_nowhere() {
        let video = |deleted| VideoPlays {
            video_id: VideoId::new(),
            name: "Garage Le Goff".to_owned(),
            deleted,
            counts: PlayCounts::default(),
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let report = PlayReport {
            from: day,
            to: day,
            total: PlayCounts::default(),
            shown_s: 0,
            quarantined: 0,
            days: Vec::new(),
            videos: vec![video(false), video(true)],
            sites: Vec::new(),
        };
        let rows = video_rows(Locale::fr, &report);
        let path = format!("/videos/{}", report.videos[0].video_id);
        assert_eq!(
            (rows[0].0.as_str(), rows[0].1.as_ref()),
            ("Garage Le Goff", Some(&path))
        );
        assert_eq!(
            (rows[1].0.as_str(), rows[1].1.as_ref()),
            ("Garage Le Goff (supprimée)", None)
        );
    }
}
