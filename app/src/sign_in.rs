//! The sign-in page: plain HTML without script or WASM, rendered by the server's own route.

pub(crate) mod first_run;
pub(crate) mod form;
pub mod reset;

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Glyph, Icon};
use crate::i18n::Locale;
use crate::state::language::locale_of;
use crate::state::theme::Theme;

use first_run::FirstRunPanel;
use form::SignInForm;

/// What the sign-in page shows.
#[derive(Clone, Debug)]
pub struct SignInView {
    /// Its language.
    pub language: Language,
    /// Its theme.
    pub theme: Theme,
    /// The address typed before.
    pub email: String,
    /// Where to go after signing in: a path of the dashboard.
    pub next: String,
    /// Why it was refused, if it was.
    pub error: Option<ApiError>,
    /// Whether nobody can sign in yet.
    pub first_run: bool,
    /// Whether a forgotten password was just replaced.
    pub changed: bool,
    /// Path of the stylesheet.
    pub stylesheet: String,
}

/// The whole document.
pub fn document(view: &SignInView) -> String {
    written(|| page(view.clone()))
}

fn written<V: IntoView>(page: impl FnOnce() -> V) -> String {
    // Views live in an owner; this one ends with the page.
    let owner = Owner::new();
    let html = owner.with(|| page().into_view().to_html());
    owner.cleanup();
    // Marks for hydration, which this page has not; in texts `<` is escaped.
    format!("<!DOCTYPE html>{}", html.replace("<!>", ""))
}

fn page(view: SignInView) -> impl IntoView {
    let locale = locale_of(view.language);
    // The page holds two forms while nobody can sign in: the refusal goes to the one it is of.
    let of_sign_in =
        |error: &ApiError| !view.first_run || error.code == ErrorCode::InvalidCredentials;
    let (sign_in_error, first_run_error) = match view.error {
        Some(error) if of_sign_in(&error) => (Some(error), None),
        error => (None, error),
    };
    let panel = view
        .first_run
        .then(|| view! { <FirstRunPanel locale error=first_run_error/> });
    let changed = view.changed.then(|| {
        view! {
            <p role="status" class="panel p-3 text-sm">
                {td_string!(locale, signin.changed)}
            </p>
        }
    });
    let content = view! {
        {panel}
        {changed}
        <SignInForm locale email=view.email next=view.next.clone() error=sign_in_error/>
        <Languages locale page="/login" next=view.next/>
    };
    let head = Head {
        language: view.language,
        theme: view.theme,
        title: td_string!(locale, signin.title),
        stylesheet: view.stylesheet,
    };
    frame(head, content)
}

/// What the pages without script have in their heads.
struct Head {
    language: Language,
    theme: Theme,
    title: &'static str,
    stylesheet: String,
}

fn frame(head: Head, content: impl IntoView) -> impl IntoView {
    let locale = locale_of(head.language);
    view! {
        <html lang=head.language.tag() data-theme=head.theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{} · NeoPro", head.title)}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=head.stylesheet/>
            </head>
            <body class="bg-base-100 text-base-content">
                <div class="min-h-screen grid lg:grid-cols-2">
                    <Brand locale/>
                    <main class="grid place-items-center px-6 py-10">
                        <div class="w-full max-w-80 grid gap-8">
                            {content}
                        </div>
                    </main>
                </div>
            </body>
        </html>
    }
}

#[component]
pub(crate) fn Brand(locale: Locale) -> impl IntoView {
    view! {
        <header class="brand-fill flex flex-col p-6 lg:p-12">
            <p class="display text-2xl font-semibold flex items-center gap-3">
                <Icon glyph=Glyph::Brand class="w-8 h-8"/>
                "NeoPro"
            </p>
            <p class="display hidden lg:block text-5xl leading-tight font-semibold my-auto max-w-lg">
                {td_string!(locale, signin.promise)}
            </p>
            <p class="hidden lg:block">{td_string!(locale, signin.what)}</p>
        </header>
    }
}

/// The other language, as a link: the server sets the cookie.
#[component]
fn Languages(locale: Locale, page: &'static str, next: String) -> impl IntoView {
    let links: Vec<_> = [(Language::Fr, "Français"), (Language::En, "English")]
        .into_iter()
        .map(|(language, words)| {
            let current = (locale_of(language) == locale).then_some("true");
            let href = crate::pages::query::address(
                page,
                &[
                    ("language", Some(language.tag().to_owned())),
                    ("next", Some(next.clone()).filter(|next| !next.is_empty())),
                ],
            );
            view! {
                <a class="link link-hover aria-[current]:font-semibold" lang=language.tag() href=href aria-current=current>
                    {words}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="flex gap-4 text-sm quiet" aria-label=td_string!(locale, layout.language)>
            {links}
        </nav>
    }
}
