use api::site::{Screen, Site, SiteStatus};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::i18n::Locale;
use crate::state::language::use_locale;

/// How a site is, in one word: what its player and its screen say together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SiteState {
    /// No screen is linked.
    Pending,
    /// The player reports and the screen is on.
    Online,
    /// The player reports and no page shows frames.
    ScreenOff,
    /// The player does not report.
    Offline,
}

impl SiteState {
    /// How a site is.
    pub fn of(site: &Site) -> Self {
        match (site.status, site.screen) {
            (SiteStatus::Pending, _) => Self::Pending,
            (SiteStatus::Offline, _) => Self::Offline,
            (SiteStatus::Online, Screen::Off) => Self::ScreenOff,
            (SiteStatus::Online, Screen::Empty | Screen::Playing | Screen::Other) => Self::Online,
        }
    }

    /// The word for it.
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Self::Pending => td_string!(locale, state.pending),
            Self::Online => td_string!(locale, state.online),
            Self::ScreenOff => td_string!(locale, state.screen_off),
            Self::Offline => td_string!(locale, state.offline),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Pending => "state state-pending",
            Self::Online => "state state-online",
            Self::ScreenOff => "state state-warning",
            Self::Offline => "state state-offline",
        }
    }
}

/// A state by dot and word; colour alone never tells.
#[component]
pub fn StateMark(
    /// The state.
    state: SiteState,
) -> impl IntoView {
    let locale = use_locale();
    view! { <span class=state.class()>{state.word(locale)}</span> }.into_any()
}
