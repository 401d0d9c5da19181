use chrono::{DateTime, Datelike, Timelike, Utc};
use leptos_i18n::td_string;

use crate::i18n::Locale;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Length of a film: `0:15`, `12:05`, `1:02:03`.
pub fn length(milliseconds: u64) -> String {
    let seconds = (milliseconds + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A span of time in its two largest units: `9 s`, `1 min 35`, `2 h 20`, `3 j`.
pub fn span(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0);
    let days = match locale {
        Locale::fr => "j",
        Locale::en => "d",
    };
    if seconds < MINUTE {
        format!("{seconds}\u{a0}s")
    } else if seconds < HOUR {
        two(seconds / MINUTE, "min", seconds % MINUTE)
    } else if seconds < DAY {
        two(seconds / HOUR, "h", seconds % HOUR / MINUTE)
    } else {
        format!("{}\u{a0}{days}", seconds / DAY)
    }
}

fn two(large: i64, unit: &str, small: i64) -> String {
    if small == 0 {
        format!("{large}\u{a0}{unit}")
    } else {
        format!("{large}\u{a0}{unit}\u{a0}{small:02}")
    }
}

/// `à l’instant`, `il y a 41 min`, `il y a 3 j`: one unit is enough.
pub fn ago(locale: Locale, now: DateTime<Utc>, then: DateTime<Utc>) -> String {
    let seconds = (now - then).num_seconds();
    if seconds < 10 {
        return td_string!(locale, time.now).to_owned();
    }
    td_string!(locale, time.ago, span = span(locale, coarse(seconds)))
}

/// Cuts a span down to its largest unit.
fn coarse(seconds: i64) -> i64 {
    let fits = |unit: &i64| seconds >= *unit;
    let unit = [DAY, HOUR, MINUTE].into_iter().find(fits).unwrap_or(1);
    seconds / unit * unit
}

/// The exact time, the same everywhere: `2026-11-21 18:02 UTC`.
pub fn stamp(at: DateTime<Utc>) -> String {
    format!(
        "{}-{:02}-{:02} {:02}:{:02} UTC",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute()
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{DateTime, Locale, ago, length, span, stamp};

    #[test]
    fn lengths_look_like_a_players() {
        assert_eq!(length(15_000), "0:15");
        assert_eq!(length(14_960), "0:15");
        assert_eq!(length(3_723_000), "1:02:03");
    }

    #[test]
    fn spans_name_two_units_at_most() {
        assert_eq!(span(Locale::fr, 9), "9\u{a0}s");
        assert_eq!(span(Locale::fr, 95), "1\u{a0}min\u{a0}35");
        assert_eq!(span(Locale::fr, 8_400), "2\u{a0}h\u{a0}20");
        assert_eq!(span(Locale::fr, 3 * 86_400 + 5), "3\u{a0}j");
        assert_eq!(span(Locale::en, 3 * 86_400), "3\u{a0}d");
        assert_eq!(span(Locale::en, -4), "0\u{a0}s");
    }

    #[test]
    fn the_past_is_told_in_one_unit() {
        let now = DateTime::from_timestamp(1_795_284_120, 0).unwrap();
        let then = |seconds| now - TimeDelta::seconds(seconds);
        assert_eq!(ago(Locale::fr, now, then(3)), "à l’instant");
        assert_eq!(ago(Locale::fr, now, then(2_475)), "il y a 41\u{a0}min");
        assert_eq!(ago(Locale::en, now, then(9_000)), "2\u{a0}h ago");
        // A clock that runs behind must not tell of the future.
        assert_eq!(ago(Locale::fr, now, then(-30)), "à l’instant");
        assert_eq!(stamp(now), "2026-11-21 18:02 UTC");
    }
}
