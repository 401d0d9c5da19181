use crate::i18n::Locale;

/// Narrow no-break space: parts thousands in French.
const THIN: char = '\u{202f}';
/// No-break space: between a figure and its unit.
const HARD: char = '\u{a0}';

/// `4 812` in French, `4,812` in English.
pub fn number(locale: Locale, value: u64) -> String {
    let digits = value.to_string();
    let separator = match locale {
        Locale::fr => THIN,
        Locale::en => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `value / 10^digits`, with a comma in French: `decimal(fr, 312, 1)` is `31,2`.
pub fn decimal(locale: Locale, value: u64, digits: u32) -> String {
    if digits == 0 {
        return number(locale, value);
    }
    let unit = 10_u64.pow(digits);
    let point = match locale {
        Locale::fr => ',',
        Locale::en => '.',
    };
    let (whole, rest) = (number(locale, value / unit), value % unit);
    format!("{whole}{point}{rest:0width$}", width = digits as usize)
}

/// A size with three significant digits, in powers of 1000: `1,04 Go`, `612 MB`.
pub fn bytes(locale: Locale, size: u64) -> String {
    let units = match locale {
        Locale::fr => ["o", "ko", "Mo", "Go", "To"],
        Locale::en => ["B", "kB", "MB", "GB", "TB"],
    };
    let mut unit = 1_u64;
    let mut index = 0;
    // 999.5 kB is shown as the next unit, never as "1 000 kB".
    while index + 1 < units.len() && size >= unit * 1000 - unit / 2 {
        unit *= 1000;
        index += 1;
    }
    let digits = match size / unit {
        _ if index == 0 => 0,
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let scale = 10_u64.pow(digits);
    let rounded = round_div(u128::from(size) * u128::from(scale), u128::from(unit));
    format!("{}{HARD}{}", decimal(locale, rounded, digits), units[index])
}

/// `part` of `whole` with one decimal: `99,6 %`. Only all of it is `100 %`.
pub fn percent(locale: Locale, part: u64, whole: u64) -> String {
    if whole == 0 || part >= whole {
        return unit_percent(locale, "100");
    }
    let tenths = round_div(u128::from(part) * 1000, u128::from(whole)).min(999);
    unit_percent(locale, &decimal(locale, tenths, 1))
}

fn unit_percent(locale: Locale, figure: &str) -> String {
    match locale {
        Locale::fr => format!("{figure}{HARD}%"),
        Locale::en => format!("{figure}%"),
    }
}

fn round_div(value: u128, by: u128) -> u64 {
    u64::try_from((value + by / 2) / by).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Locale, bytes, decimal, number, percent};

    #[test]
    fn thousands_are_parted_as_each_language_does() {
        assert_eq!(number(Locale::fr, 4_812), "4\u{202f}812");
        assert_eq!(number(Locale::en, 1_234_567), "1,234,567");
        assert_eq!(number(Locale::fr, 0), "0");
        assert_eq!(decimal(Locale::fr, 312, 1), "31,2");
        assert_eq!(decimal(Locale::en, 104, 2), "1.04");
    }

    #[test]
    fn sizes_have_three_digits_and_the_unit_that_fits() {
        for (size, french) in [
            (0, "0\u{a0}o"),
            (999, "999\u{a0}o"),
            (1_040_000_000, "1,04\u{a0}Go"),
            (31_200_000, "31,2\u{a0}Mo"),
            (612_400_000, "612\u{a0}Mo"),
            (999_600_000, "1,00\u{a0}Go"),
        ] {
            assert_eq!(bytes(Locale::fr, size), french, "{size}");
        }
        assert_eq!(bytes(Locale::en, 8_200), "8.20\u{a0}kB");
    }

    #[test]
    fn only_all_of_it_is_a_hundred_percent() {
        assert_eq!(percent(Locale::fr, 996, 1000), "99,6\u{a0}%");
        assert_eq!(percent(Locale::en, 99_999, 100_000), "99.9%");
        assert_eq!(percent(Locale::en, 5, 5), "100%");
    }
}
