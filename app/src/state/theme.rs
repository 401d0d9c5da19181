//! Light, dark, or as the system has it.

use http::HeaderMap;
use http::header::COOKIE as COOKIES;
use http::request::Parts;
use leptos::prelude::*;

use crate::browser;

/// Cookie that the theme switch sets: `light` or `dark`; absent, the system decides.
pub const COOKIE: &str = "neopro-theme";

/// Which theme a reader wants.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The cookie's value; none for [`Theme::System`].
    pub fn cookie(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The value of `data-theme` on `<html>`; none lets the system decide.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("neopro"),
            Self::Dark => Some("neopro-dark"),
        }
    }
}

/// The value of a cookie of a request.
pub(crate) fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIES)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The theme that a request asks for.
pub fn of_headers(headers: &HeaderMap) -> Theme {
    match cookie_of(headers, COOKIE) {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// The theme of the page, as a signal.
#[derive(Clone, Copy)]
pub struct ThemeState(RwSignal<Theme>);

impl ThemeState {
    /// The chosen theme.
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Changes the theme now and for later visits.
    pub fn set(self, theme: Theme) {
        self.0.set(theme);
        browser::set_theme(theme);
    }
}

/// Starts with the request's theme, or in the browser with that of `<html>`.
pub fn provide_theme() {
    let theme = match use_context::<Parts>() {
        Some(parts) => of_headers(&parts.headers),
        None => browser::html_theme(),
    };
    provide_context(ThemeState(RwSignal::new(theme)));
}

/// The theme of the page.
///
/// # Panics
/// Outside of `App`, which provides it.
pub fn use_theme() -> ThemeState {
    use_context().expect("App provides the theme")
}
