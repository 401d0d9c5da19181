use api::language::Language;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::browser;
use crate::components::{Glyph, Icon};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::theme::{Theme, use_theme};

/// Chooses light, dark, or as the system has it.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let locale = use_locale();
    let theme = use_theme();
    let choices: Vec<_> = Theme::ALL
        .into_iter()
        .map(|choice| {
            let chosen = move || {
                if theme.get() == choice {
                    "true"
                } else {
                    "false"
                }
            };
            view! {
                <button
                    type="button"
                    class="btn btn-ghost btn-sm justify-start aria-pressed:bg-base-300"
                    aria-pressed=chosen
                    on:click=move |_| theme.set(choice)
                >
                    {theme_word(locale, choice)}
                </button>
            }
        })
        .collect();
    view! {
        <details class="dropdown dropdown-end">
            <summary
                class="btn btn-ghost btn-sm btn-square list-none"
                aria-label=td_string!(locale, layout.theme)
            >
                <Icon glyph=Glyph::Theme class="w-5 h-5"/>
            </summary>
            <div class="dropdown-content z-20 panel p-2 my-2 w-44 shadow-lg grid gap-1">{choices}</div>
        </details>
    }
}

fn theme_word(locale: Locale, theme: Theme) -> &'static str {
    match theme {
        Theme::System => td_string!(locale, layout.theme_system),
        Theme::Light => td_string!(locale, layout.theme_light),
        Theme::Dark => td_string!(locale, layout.theme_dark),
    }
}

/// Goes to the other language; names it in its own words, for who cannot read this one.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let (other, code, words) = match use_locale() {
        Locale::fr => (Language::En, "EN", "English"),
        Locale::en => (Language::Fr, "FR", "Français"),
    };
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm"
            lang=other.tag()
            aria-label=format!("{code} – {words}")
            title=words
            on:click=move |_| browser::set_language(other)
        >
            {code}
        </button>
    }
}
