use api::hours::Weekday;
use chrono::{Datelike, NaiveDate};

use crate::i18n::Locale;

const DAYS_FR: [&str; 7] = [
    "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_FR: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];
const SHORT_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `Samedi 21 novembre 2026`.
pub fn long_date(locale: Locale, date: NaiveDate) -> String {
    let weekday = date.weekday().num_days_from_monday() as usize;
    let month = date.month0() as usize;
    let (day, month) = match locale {
        Locale::fr => (DAYS_FR[weekday], MONTHS_FR[month]),
        Locale::en => (DAYS_EN[weekday], MONTHS_EN[month]),
    };
    format!(
        "{day} {} {month} {}",
        day_of_month(locale, date),
        date.year()
    )
}

/// `Lun.`
pub fn short_weekday(locale: Locale, day: Weekday) -> &'static str {
    let index = day as usize;
    match locale {
        Locale::fr => ["Lun.", "Mar.", "Mer.", "Jeu.", "Ven.", "Sam.", "Dim."][index],
        Locale::en => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index],
    }
}

/// `21 nov. 2026`, for running text.
pub fn short_date(locale: Locale, date: NaiveDate) -> String {
    format!("{} {}", day_and_month(locale, date), date.year())
}

/// `21 nov.`
pub fn day_and_month(locale: Locale, date: NaiveDate) -> String {
    let month = date.month0() as usize;
    let month = match locale {
        Locale::fr => SHORT_FR[month],
        Locale::en => SHORT_EN[month],
    };
    format!("{}\u{a0}{month}", day_of_month(locale, date))
}

fn day_of_month(locale: Locale, date: NaiveDate) -> String {
    match (locale, date.day()) {
        (Locale::fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, NaiveDate, day_and_month, long_date, short_date};

    #[test]
    fn dates_are_said_in_both_languages() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(long_date(Locale::fr, day), "Samedi 21 novembre 2026");
        assert_eq!(long_date(Locale::en, day), "Saturday 21 November 2026");
        assert_eq!(day_and_month(Locale::fr, day), "21\u{a0}nov.");
        let first = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
        assert_eq!(short_date(Locale::fr, first), "1er\u{a0}août 2026");
        assert_eq!(short_date(Locale::en, first), "1\u{a0}Aug 2026");
    }
}
