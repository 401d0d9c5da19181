//! The sign-in page: plain HTML without script or WASM, rendered by the server's own route.

pub(crate) mod first_run;
pub(crate) mod form;

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
    /// Path of the stylesheet.
    pub stylesheet: String,
}

/// The whole document.
pub fn document(view: &SignInView) -> String {
    // Views live in an owner; this one ends with the page.
    let owner = Owner::new();
    let html = owner.with(|| page(view.clone()).to_html());
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
    view! {
        <html lang=view.language.tag() data-theme=view.theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{} · NeoPro", td_string!(locale, signin.title))}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=view.stylesheet.clone()/>
            </head>
            <body class="bg-base-100 text-base-content">
                <div class="min-h-screen grid lg:grid-cols-2">
                    <Brand locale/>
                    <main class="grid place-items-center px-6 py-10">
                        <div class="w-full max-w-80 grid gap-8">
                            {panel}
                            <SignInForm
                                locale
                                email=view.email
                                next=view.next.clone()
                                error=sign_in_error
                            />
                            <Languages locale next=view.next/>
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
fn Languages(locale: Locale, next: String) -> impl IntoView {
    let links: Vec<_> = [(Language::Fr, "Français"), (Language::En, "English")]
        .into_iter()
        .map(|(language, words)| {
            let current = (locale_of(language) == locale).then_some("true");
            let href = crate::pages::query::address(
                "/login",
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
