//! The language of the page: the switch decides, else the browser, else French.

use api::language::Language;
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use leptos::prelude::*;

use crate::browser;
use crate::i18n::Locale;
use crate::state::theme::cookie_of;

/// Cookie that the language switch sets: `fr` or `en`.
pub const COOKIE: &str = "neopro-language";

/// The language that a request asks for.
pub fn of_headers(headers: &HeaderMap) -> Language {
    match cookie_of(headers, COOKIE) {
        Some("fr") => Language::Fr,
        Some("en") => Language::En,
        _ => headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map_or(Language::Fr, Language::from_accept_language),
    }
}

/// The locale of a language.
pub fn locale_of(language: Language) -> Locale {
    match language {
        Language::Fr => Locale::fr,
        Language::En => Locale::en,
    }
}

/// Fixes the language of the page: on the server from the request, in the browser from `<html>`.
/// It stays for the life of the page; the switch loads the page anew.
pub fn provide_language() {
    let language = match use_context::<Parts>() {
        Some(parts) => of_headers(&parts.headers),
        None => browser::html_language(),
    };
    provide_context(locale_of(language));
}

/// The language of the page.
pub fn use_locale() -> Locale {
    use_context().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, Language, of_headers};

    fn asked(cookie: &str, accept: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert("cookie", cookie.parse().unwrap());
        headers.insert("accept-language", accept.parse().unwrap());
        of_headers(&headers)
    }

    #[test]
    fn the_switch_decides_then_the_browser_then_french() {
        assert_eq!(asked("a=b; neopro-language=en", "fr"), Language::En);
        assert_eq!(asked("neopro-language=xx", "en-GB"), Language::En);
        assert_eq!(asked("a=b", "de"), Language::Fr);
    }
}
