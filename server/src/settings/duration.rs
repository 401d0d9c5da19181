//! Durations as the deployment guide writes them: `7d`, `12h`, `30m`, `45s`.

use std::time::Duration;

/// The duration that a text names; none when it is zero or not one.
pub fn parse(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    let amount: u64 = digits.trim().parse().ok().filter(|amount| *amount > 0)?;
    amount.checked_mul(seconds).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::{Duration, parse};

    #[test]
    fn units_are_days_hours_minutes_and_seconds() {
        for (text, seconds) in [
            ("7d", 604_800),
            ("12h", 43_200),
            ("30m", 1_800),
            ("45s", 45),
        ] {
            assert_eq!(parse(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "",
            "d",
            "0d",
            "7",
            "-1d",
            "7j",
            "1.5h",
            "99999999999999999999d",
            "7é",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
