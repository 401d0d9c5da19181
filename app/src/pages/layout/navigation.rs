use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_location;

use super::account::AccountMenu;
use crate::components::{Glyph, Icon, Later};
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// The main pages.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    Home,
    Sites,
    Videos,
    Plays,
    Alerts,
}

impl Place {
    const ALL: [Self; 5] = [
        Self::Home,
        Self::Sites,
        Self::Videos,
        Self::Plays,
        Self::Alerts,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Sites => "/sites",
            Self::Videos => "/videos",
            Self::Plays => "/plays",
            Self::Alerts => "/alerts",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Home => Glyph::Home,
            Self::Sites => Glyph::Monitor,
            Self::Videos => Glyph::Library,
            Self::Plays => Glyph::Chart,
            Self::Alerts => Glyph::Warning,
        }
    }

    fn word(self, locale: Locale) -> &'static str {
        match self {
            Self::Home => td_string!(locale, nav.home),
            Self::Sites => td_string!(locale, nav.sites),
            Self::Videos => td_string!(locale, nav.videos),
            Self::Plays => td_string!(locale, nav.plays),
            Self::Alerts => td_string!(locale, nav.alerts),
        }
    }

    /// Linking a screen belongs to the sites.
    fn holds(self, path: &str) -> bool {
        match self {
            Self::Home => path == "/",
            Self::Sites => path.starts_with("/sites") || path == "/pair",
            Self::Videos | Self::Plays | Self::Alerts => path.starts_with(self.path()),
        }
    }
}

/// The navigation of a wide screen.
#[component]
pub(super) fn SideBar() -> impl IntoView {
    let locale = use_locale();
    view! {
        <aside class="hidden lg:flex flex-col w-60 shrink-0 border-r border-base-300 bg-base-100 p-4 gap-1 sticky top-0 h-screen">
            <a href="/" class="flex items-center gap-2 px-3 pb-5 pt-1" aria-label="NeoPro">
                <span class="w-8 h-8 rounded-lg bg-primary text-primary-content grid place-items-center">
                    <Icon glyph=Glyph::Brand class="w-5 h-5"/>
                </span>
                <span class="display text-xl font-semibold">"NeoPro"</span>
            </a>
            <nav class="grid gap-1" aria-label=td_string!(locale, nav.label)>
                <Later>{links("nav-item", "w-5 h-5")}</Later>
            </nav>
            <div class="mt-auto">
                <AccountMenu/>
            </div>
        </aside>
    }
    .into_any()
}

/// The navigation of a phone.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let locale = use_locale();
    view! {
        <nav
            class="lg:hidden fixed bottom-0 inset-x-0 z-10 flex bg-base-100 border-t border-base-300 bottom-bar"
            aria-label=td_string!(locale, nav.label)
        >
            {links("bar-item", "w-6 h-6")}
        </nav>
    }
    .into_any()
}

fn links(class: &'static str, icon: &'static str) -> Vec<impl IntoView> {
    let locale = use_locale();
    let path = use_location().pathname;
    Place::ALL
        .into_iter()
        .map(|place| {
            let current = move || path.with(|path| place.holds(path)).then_some("page");
            view! {
                <a class=class href=place.path() aria-current=current>
                    <Icon glyph=place.glyph() class=icon/>
                    <span>{place.word(locale)}</span>
                </a>
            }
        })
        .collect()
}
