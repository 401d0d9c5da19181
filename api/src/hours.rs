//! When a screen is expected to run.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::{ApiError, ErrorCode};

/// Most closures of a site.
pub const MAX_CLOSURES: usize = 30;

/// A day of the week.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "days need no explanation")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Every day, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Its name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        Self::ALL[day.num_days_from_monday() as usize]
    }
}

/// Days on which a place is closed: holidays, works.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closure {
    /// The first day.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
}

/// The hours of the week in which a screen is expected to run, by the clocks on site. What
/// happens at other times counts for nothing.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ExpectedHours {
    /// First hour, 0 to 23.
    pub from: u8,
    /// The hour at which it ends, 1 to 24.
    pub to: u8,
    /// On these days.
    pub days: Vec<Weekday>,
    /// Whether also on the public holidays of France.
    pub public_holidays: bool,
    /// Not on these, by their first day.
    pub closed: Vec<Closure>,
}

impl Default for ExpectedHours {
    /// Every day from 8 to 23, except on public holidays.
    fn default() -> Self {
        Self {
            from: 8,
            to: 23,
            days: Weekday::ALL.to_vec(),
            public_holidays: false,
            closed: Vec::new(),
        }
    }
}

impl ExpectedHours {
    /// Whether a screen is expected to run in this hour of this day, were it no public holiday.
    pub fn contains(&self, day: NaiveDate, hour: u32) -> bool {
        let is_closed = |closure: &Closure| (closure.from..=closure.until).contains(&day);
        self.days.contains(&day.weekday().into())
            && (u32::from(self.from)..u32::from(self.to)).contains(&hour)
            && !self.closed.iter().any(is_closed)
    }

    /// The same hours with their days in order, and what is wrong with them added to `error`.
    pub(crate) fn checked(mut self, error: ApiError) -> (Self, ApiError) {
        self.days.sort_unstable();
        self.days.dedup();
        self.closed.sort_unstable();
        self.closed.dedup();
        let error = if self.from < self.to && self.to <= 24 {
            error
        } else {
            error.with_field("expected_hours.to", ErrorCode::HoursInvalid)
        };
        let error = if self.days.is_empty() {
            error.with_field("expected_hours.days", ErrorCode::Required)
        } else {
            error
        };
        let error = if self.closed.iter().any(|days| days.until < days.from) {
            error.with_field("expected_hours.closed", ErrorCode::ClosureInvalid)
        } else if self.closed.len() > MAX_CLOSURES {
            error.with_field("expected_hours.closed", ErrorCode::TooManyClosures)
        } else {
            error
        };
        (self, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closed(from: &str, until: &str) -> Closure {
        Closure {
            from: day(from),
            until: day(until),
        }
    }

    #[test]
    fn nights_and_closed_days_are_not_expected() {
        let hours = ExpectedHours {
            days: vec![Weekday::Saturday, Weekday::Sunday],
            closed: vec![closed("2026-08-01", "2026-08-16")],
            ..ExpectedHours::default()
        };
        let (sunday, monday) = (day("2026-11-22"), day("2026-11-23"));
        assert!(hours.contains(sunday, 8) && hours.contains(sunday, 22));
        assert!(!hours.contains(sunday, 23) && !hours.contains(sunday, 7));
        assert!(!hours.contains(monday, 12));
        assert!(ExpectedHours::default().contains(monday, 12));
        assert!(!hours.contains(day("2026-08-01"), 12) && !hours.contains(day("2026-08-16"), 12));
        assert!(hours.contains(day("2026-07-26"), 12) && hours.contains(day("2026-08-22"), 12));
    }

    /// The fields that are refused.
    fn refused(hours: ExpectedHours) -> Vec<String> {
        let (_, error) = hours.checked(ApiError::new(ErrorCode::Invalid));
        error.fields.into_iter().map(|field| field.field).collect()
    }

    #[test]
    fn hours_end_after_they_begin() {
        let hours = |from, to, days: &[Weekday]| ExpectedHours {
            from,
            to,
            days: days.to_vec(),
            ..ExpectedHours::default()
        };
        let every = &Weekday::ALL;
        assert!(refused(hours(0, 24, every)).is_empty());
        assert_eq!(refused(hours(9, 9, every)), ["expected_hours.to"]);
        assert_eq!(refused(hours(9, 25, every)), ["expected_hours.to"]);
        assert_eq!(refused(hours(9, 10, &[])), ["expected_hours.days"]);
    }

    #[test]
    fn closures_end_after_they_begin_and_are_not_too_many() {
        let hours = |closed: &[Closure]| ExpectedHours {
            closed: closed.to_vec(),
            ..ExpectedHours::default()
        };
        let one_day = closed("2026-12-24", "2026-12-24");
        assert!(refused(hours(&[one_day; 31])).is_empty(), "they are one");
        let backwards = closed("2026-12-24", "2026-12-23");
        assert_eq!(refused(hours(&[backwards])), ["expected_hours.closed"]);
        let many = (0..=30).map(|days| day("2026-01-01") + chrono::Days::new(days));
        let many = many.map(|day| Closure {
            from: day,
            until: day,
        });
        let many: Vec<_> = many.collect();
        assert_eq!(refused(hours(&many)), ["expected_hours.closed"]);
        assert!(refused(hours(&many[1..])).is_empty());
    }
}
