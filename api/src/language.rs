//! The two languages of the product.

use serde::{Deserialize, Serialize};

/// French first, English second.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// The default.
    #[default]
    Fr,
    /// Chosen by the reader or asked for by the browser.
    En,
}

impl Language {
    /// The language that an `Accept-Language` header prefers; French when it names neither.
    ///
    /// Quality values are honoured, `q=0` excludes (RFC 9110, 12.5.4).
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0.0_f32, Self::Fr);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q=")?.parse().ok())
                .unwrap_or(1.0);
            let language = match tag.split('-').next().unwrap_or_default() {
                "fr" | "FR" => Self::Fr,
                "en" | "EN" => Self::En,
                _ => continue,
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// The tag used in HTML and HTTP.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_preferred_of_both_languages_wins_and_french_is_the_default() {
        for (header, expected) in [
            ("", Language::Fr),
            ("de-DE,de;q=0.9", Language::Fr),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::En),
            ("de,fr;q=0.4,en;q=0.3", Language::Fr),
            ("en;q=0", Language::Fr),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }
}
