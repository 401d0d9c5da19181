use api::language::Language;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::browser;
use crate::format;
use crate::i18n::Locale;
use crate::state::clock::use_clock;
use crate::state::language::use_locale;

/// How a moment is told.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AgoText {
    /// `il y a 41 min`.
    #[default]
    Ago,
    /// `41 min`.
    Span,
}

/// A moment, told relative to now, with the exact time on hover. Exact until the page lives.
#[component]
pub fn Ago(
    /// The moment.
    at: DateTime<Utc>,
    /// How it is told.
    #[prop(optional)]
    text: AgoText,
) -> impl IntoView {
    let locale = use_locale();
    let clock = use_clock();
    let words = move || match (clock.now(), text) {
        (None, _) => format::stamp(at),
        (Some(now), AgoText::Ago) => format::ago(locale, now, at),
        (Some(now), AgoText::Span) => format::span(locale, largest((now - at).num_seconds())),
    };
    let exact = move || match clock.now() {
        None => format::stamp(at),
        Some(_) => browser::local_time(at, tag(locale)),
    };
    view! {
        <time datetime=at.to_rfc3339() title=exact>
            {words}
        </time>
    }
}

/// Seconds matter in the first minute only, minutes in the first day.
fn largest(seconds: i64) -> i64 {
    if seconds < 60 {
        seconds
    } else {
        seconds / 60 * 60
    }
}

fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::fr => Language::Fr.tag(),
        Locale::en => Language::En.tag(),
    }
}
