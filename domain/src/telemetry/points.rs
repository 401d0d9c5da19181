//! Rows become the points of a chart.

use std::collections::BTreeMap;

use api::telemetry::{Gauge, HealthPoint, Period};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::sums::{Sum, Sums};
use super::{HOUR, QUARTER};

/// The rows that a period is made of, and where it begins.
pub(super) fn range(period: Period, now: DateTime<Utc>, zone: Tz) -> (TimeDelta, DateTime<Utc>) {
    match period {
        Period::Day => (QUARTER, now - TimeDelta::hours(24)),
        Period::Week => (HOUR, now - TimeDelta::days(7)),
        Period::Month => {
            // Whole days on site.
            let today = now.with_timezone(&zone).date_naive();
            let first = today - TimeDelta::days(30);
            let midnight = first.and_hms_opt(0, 0, 0).unwrap_or_default();
            let local = midnight.and_local_timezone(zone).earliest();
            (HOUR, local.map_or(now, |local| local.to_utc()))
        }
    }
}

/// Every point from `from` to `now`, also those without a row.
pub(super) fn points(
    period: Period,
    rows: &BTreeMap<DateTime<Utc>, Sums>,
    (step, from, now): (TimeDelta, DateTime<Utc>, DateTime<Utc>),
    zone: Tz,
) -> Vec<HealthPoint> {
    let mut points: BTreeMap<NaiveDateTime, Sums> = BTreeMap::new();
    let first = super::memory::begin(from, step);
    let steps = std::iter::successors(Some(first), |begin| Some(*begin + step));
    for begin in steps.take_while(|begin| *begin < now) {
        let local = begin.with_timezone(&zone).naive_local();
        let point = points.entry(fold(period, local)).or_default();
        if let Some(sums) = rows.get(&begin) {
            point.add(sums);
        }
    }
    points
        .into_iter()
        .map(|(local, sums)| point(local, &sums))
        .collect()
}

/// The beginning of the point that a row belongs to.
fn fold(period: Period, local: NaiveDateTime) -> NaiveDateTime {
    let hour = match period {
        Period::Day => return local,
        Period::Week => local.hour() / 2 * 2,
        Period::Month => 0,
    };
    local.date().and_hms_opt(hour, 0, 0).unwrap_or(local)
}

fn point(local: NaiveDateTime, sums: &Sums) -> HealthPoint {
    HealthPoint {
        local,
        cpu_percent: gauge(sums.cpu, 1),
        memory_percent: gauge(sums.memory, 1),
        temperature_celsius: gauge(sums.temperature, 1000),
        disk_percent: gauge(sums.disk, 1),
        throttled: (sums.throttled_known > 0).then_some(sums.throttled > 0),
    }
}

/// A figure in whole units of which `parts` make one.
fn gauge(sum: Sum, parts: i64) -> Option<Gauge> {
    let rounded = |value: i64| i32::try_from((value + parts / 2).div_euclid(parts)).ok();
    let mean = (sum.total + sum.count / 2).checked_div(sum.count)?;
    Some(Gauge {
        mean: rounded(mean)?,
        most: rounded(sum.most)?,
    })
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Paris;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn every_period_has_all_its_points_and_unknown_ones_tell_nothing() {
        let now = at("2026-03-30T12:00:00Z");
        for (period, count) in [(Period::Day, 96), (Period::Week, 84), (Period::Month, 31)] {
            let (step, from) = range(period, now, Paris);
            let points = points(period, &BTreeMap::new(), (step, from, now), Paris);
            // Clocks went forward within the week.
            assert!(
                points.len().abs_diff(count) <= 1,
                "{period:?}: {}",
                points.len()
            );
            assert!(points.iter().all(|point| point.cpu_percent.is_none()));
        }
    }

    #[test]
    fn a_day_is_made_of_its_hours() {
        let now = at("2026-01-10T12:00:00Z");
        let sums = |degrees: i64| Sums {
            temperature: Sum {
                total: degrees * 2000,
                count: 2,
                most: degrees * 1000 + 600,
            },
            ..Sums::default()
        };
        // The first hour is the last of the day before in Paris.
        let rows = BTreeMap::from([
            (at("2026-01-09T22:00:00Z"), sums(80)),
            (at("2026-01-09T23:00:00Z"), sums(40)),
            (at("2026-01-10T11:00:00Z"), sums(50)),
        ]);
        let (step, from) = range(Period::Month, now, Paris);
        let points = points(Period::Month, &rows, (step, from, now), Paris);
        let today = points.last().unwrap();
        assert_eq!(today.local.to_string(), "2026-01-10 00:00:00");
        assert_eq!(
            today.temperature_celsius,
            Some(Gauge { mean: 45, most: 51 })
        );
        assert_eq!(today.cpu_percent, None);
    }
}
