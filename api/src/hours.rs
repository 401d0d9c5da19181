//! When a screen is expected to run.

use serde::{Deserialize, Serialize};

use crate::error::{ApiError, ErrorCode};

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
}

impl Default for ExpectedHours {
    /// Every day from 8 to 23.
    fn default() -> Self {
        Self {
            from: 8,
            to: 23,
            days: Weekday::ALL.to_vec(),
        }
    }
}

impl ExpectedHours {
    /// Whether a screen is expected to run in this hour of this day.
    pub fn contains(&self, day: Weekday, hour: u32) -> bool {
        self.days.contains(&day) && (u32::from(self.from)..u32::from(self.to)).contains(&hour)
    }

    /// The same hours with their days in order, and what is wrong with them added to `error`.
    pub(crate) fn checked(mut self, error: ApiError) -> (Self, ApiError) {
        self.days.sort_unstable();
        self.days.dedup();
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
        (self, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_and_closed_days_are_not_expected() {
        let hours = ExpectedHours {
            from: 8,
            to: 23,
            days: vec![Weekday::Saturday, Weekday::Sunday],
        };
        assert!(hours.contains(Weekday::Sunday, 8) && hours.contains(Weekday::Sunday, 22));
        assert!(!hours.contains(Weekday::Sunday, 23) && !hours.contains(Weekday::Sunday, 7));
        assert!(!hours.contains(Weekday::Monday, 12));
        assert!(ExpectedHours::default().contains(Weekday::Monday, 12));
    }

    #[test]
    fn hours_end_after_they_begin() {
        let checked = |from, to, days: &[Weekday]| {
            let hours = ExpectedHours {
                from,
                to,
                days: days.to_vec(),
            };
            let (_, error) = hours.checked(ApiError::new(ErrorCode::Invalid));
            let fields = error.fields.into_iter().map(|field| field.field);
            fields.collect::<Vec<_>>()
        };
        let every = &Weekday::ALL;
        assert!(checked(0, 24, every).is_empty());
        assert_eq!(checked(9, 9, every), ["expected_hours.to"]);
        assert_eq!(checked(9, 25, every), ["expected_hours.to"]);
        assert_eq!(checked(9, 10, &[]), ["expected_hours.days"]);
    }
}
