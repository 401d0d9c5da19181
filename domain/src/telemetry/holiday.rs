//! The public holidays of France.

use chrono::{Datelike, Days, NaiveDate};

/// Month and day of those that stay where they are.
const FIXED: [(u32, u32); 8] = [
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
];

/// Days after Easter Sunday: Easter Monday, Ascension, Whit Monday.
const AFTER_EASTER: [u64; 3] = [1, 39, 50];

/// Whether a day is a public holiday all over France (Code du travail, L3133-1).
pub(super) fn is_public_holiday(day: NaiveDate) -> bool {
    let moves_to = |days| {
        let easter = computus::gregorian_naive(day.year()).ok()?;
        easter.checked_add_days(Days::new(days))
    };
    FIXED.contains(&(day.month(), day.day()))
        || AFTER_EASTER
            .into_iter()
            .any(|days| moves_to(days) == Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As <https://calendrier.api.gouv.fr/jours-feries/> lists them.
    const OF_2026: [&str; 11] = [
        "2026-01-01",
        "2026-04-06",
        "2026-05-01",
        "2026-05-08",
        "2026-05-14",
        "2026-05-25",
        "2026-07-14",
        "2026-08-15",
        "2026-11-01",
        "2026-11-11",
        "2026-12-25",
    ];

    #[test]
    fn the_holidays_of_a_year_are_those_of_the_law() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let holidays = first
            .iter_days()
            .take(365)
            .filter(|day| is_public_holiday(*day));
        let holidays: Vec<_> = holidays.map(|day| day.to_string()).collect();
        assert_eq!(holidays, OF_2026);
    }
}
