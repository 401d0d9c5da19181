//! Whether a player reported in the hours in which it was expected to.

use std::collections::{BTreeMap, HashMap};

use api::hours::ExpectedHours;
use api::telemetry::{Availability, DayAvailability};
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;

use super::HOUR;
use super::holiday::is_public_holiday;
use super::memory::begin;

/// What is known of some hours, by their beginnings.
pub(super) struct Known {
    /// Milliseconds in which the player was there.
    pub(super) online_ms: HashMap<DateTime<Utc>, i64>,
    /// Milliseconds in which a server listened.
    pub(super) listened_ms: HashMap<DateTime<Utc>, i64>,
    /// The first hour in which the player ever reported.
    pub(super) first: Option<DateTime<Utc>>,
}

/// Whether a screen is expected to run at this moment, by the clocks on site.
pub(crate) fn is_expected(expected: &ExpectedHours, zone: Tz, at: DateTime<Utc>) -> bool {
    let local = at.with_timezone(&zone);
    let date = local.date_naive();
    expected.contains(date, local.hour()) && (expected.public_holidays || !is_public_holiday(date))
}

/// Availability by days on site, from the hour of `from` up to `now`.
pub(super) fn by_day(
    known: &Known,
    expected: &ExpectedHours,
    zone: Tz,
    (from, now): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<DayAvailability> {
    let mut days: BTreeMap<_, Availability> = BTreeMap::new();
    let hours = std::iter::successors(Some(begin(from, HOUR)), |hour| Some(*hour + HOUR));
    for hour in hours.take_while(|hour| *hour < now) {
        let local = hour.with_timezone(&zone);
        let date = local.date_naive();
        let day = days.entry(date).or_default();
        if is_expected(expected, zone, hour) {
            let passed_ms = (now - hour).min(HOUR).num_milliseconds();
            *day = day.plus(known.of(hour, passed_ms));
        }
    }
    let day = |(day, availability)| DayAvailability { day, availability };
    days.into_iter().map(day).collect()
}

impl Known {
    fn of(&self, hour: DateTime<Utc>, passed_ms: i64) -> Availability {
        let linked = self.first.is_some_and(|first| first <= hour);
        let listened_ms = self.listened_ms.get(&hour).copied().unwrap_or(0);
        // Two servers listen at the same time: nobody listens for longer than it lasts.
        let known_ms = if linked {
            listened_ms.min(passed_ms)
        } else {
            0
        };
        let online_ms = self.online_ms.get(&hour).copied().unwrap_or(0);
        let whole = |milliseconds: i64| milliseconds.unsigned_abs() / 1000;
        Availability {
            expected_s: whole(passed_ms),
            known_s: whole(known_ms),
            online_s: whole(online_ms.min(known_ms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use api::hours::Closure;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn known(hours: &[(&str, i64, i64)]) -> Known {
        let of = |pick: fn(&(&str, i64, i64)) -> i64| {
            hours
                .iter()
                .map(|hour| (at(hour.0), pick(hour) * 60_000))
                .collect()
        };
        Known {
            online_ms: of(|hour| hour.1),
            listened_ms: of(|hour| hour.2),
            first: hours.first().map(|hour| at(hour.0)),
        }
    }

    #[test]
    fn nights_and_hours_without_a_server_do_not_count_against_a_player() {
        // 06:00 in Paris is not expected; at 08:00 half was missed; at 09:00 nobody listened; at
        // 10:00 somebody did for half of it.
        let known = known(&[
            ("2026-01-10T05:00:00Z", 0, 60),
            ("2026-01-10T07:00:00Z", 30, 60),
            ("2026-01-10T08:00:00Z", 0, 0),
            ("2026-01-10T09:00:00Z", 30, 30),
        ]);
        let range = (at("2026-01-10T05:00:00Z"), at("2026-01-10T10:00:00Z"));
        let days = by_day(
            &known,
            &ExpectedHours::default(),
            chrono_tz::Europe::Paris,
            range,
        );
        assert_eq!(days.len(), 1);
        let Availability {
            expected_s,
            known_s,
            online_s,
        } = days[0].availability;
        assert_eq!((expected_s, known_s, online_s), (3 * 3600, 5400, 3600));
    }

    #[test]
    fn holidays_and_closures_count_only_where_the_screen_runs_on_them() {
        // 1 May, a Friday, between two days of which one is closed.
        let hours =
            ["2026-04-30", "2026-05-01", "2026-05-02"].map(|day| format!("{day}T10:00:00Z"));
        let known = known(&hours.each_ref().map(|hour| (hour.as_str(), 60, 60)));
        let range = (at("2026-04-30T00:00:00Z"), at("2026-05-03T00:00:00Z"));
        let expected_hours = |expected: &ExpectedHours| {
            let days = by_day(&known, expected, chrono_tz::Europe::Paris, range);
            let hours = days
                .into_iter()
                .map(|day| day.availability.expected_s / 3600);
            hours.take(3).collect::<Vec<_>>()
        };
        let usual = ExpectedHours::default();
        assert_eq!(expected_hours(&usual), [15, 0, 15]);
        let always = ExpectedHours {
            public_holidays: true,
            ..usual.clone()
        };
        assert_eq!(expected_hours(&always), [15, 15, 15]);
        let closed = Closure {
            from: "2026-05-02".parse().unwrap(),
            until: "2026-05-02".parse().unwrap(),
        };
        let closed = ExpectedHours {
            closed: vec![closed],
            ..usual
        };
        assert_eq!(expected_hours(&closed), [15, 0, 0]);
    }

    #[test]
    fn before_the_first_report_nothing_is_known() {
        let known = known(&[("2026-01-10T09:00:00Z", 60, 60)]);
        let range = (at("2026-01-10T07:00:00Z"), at("2026-01-10T10:00:00Z"));
        let days = by_day(
            &known,
            &ExpectedHours::default(),
            chrono_tz::Europe::Paris,
            range,
        );
        let Availability {
            expected_s,
            known_s,
            online_s,
        } = days[0].availability;
        assert_eq!((expected_s, known_s, online_s), (3 * 3600, 3600, 3600));
    }
}
