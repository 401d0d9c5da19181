//! The pages of a forgotten password, without script like the sign-in page.

use api::error::ApiError;
use api::language::Language;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::form::{Banner, Input};
use super::{Head, Languages, frame, written};
use crate::i18n::Locale;
use crate::state::language::locale_of;
use crate::state::theme::Theme;

/// What one of the pages shows.
#[derive(Clone, Debug)]
pub struct ResetView {
    /// Its language.
    pub language: Language,
    /// Its theme.
    pub theme: Theme,
    /// How far the reader is.
    pub step: Step,
    /// Path of the stylesheet.
    pub stylesheet: String,
}

/// How far somebody is who forgot a password.
#[derive(Clone, Debug)]
pub enum Step {
    /// Gives an address.
    Ask {
        /// The address typed before.
        email: String,
        /// Why it was refused, if it was.
        error: Option<ApiError>,
    },
    /// Waits for the mail.
    Sent,
    /// No mail goes out from here: who can help instead.
    Nobody,
    /// Chooses a password.
    Choose {
        /// Whose it will be.
        email: String,
        /// Why it was refused, if it was.
        error: Option<ApiError>,
    },
    /// Came by a link that is not good, or not any more.
    Dead,
}

/// The whole document.
pub fn document(view: &ResetView) -> String {
    written(|| page(view.clone()))
}

fn page(view: ResetView) -> impl IntoView {
    let locale = locale_of(view.language);
    let title = match &view.step {
        Step::Ask { .. } | Step::Nobody => td_string!(locale, signin.forgot_title),
        Step::Sent => td_string!(locale, signin.sent_title),
        Step::Choose { .. } => td_string!(locale, signin.choose_title),
        Step::Dead => td_string!(locale, signin.dead_title),
    };
    let path = match &view.step {
        Step::Ask { .. } | Step::Sent | Step::Nobody => "/forgot",
        Step::Choose { .. } | Step::Dead => "/reset",
    };
    let content = match view.step {
        Step::Ask { email, error } => ask(locale, email, error).into_any(),
        Step::Sent => sent(locale).into_any(),
        Step::Nobody => nobody(locale).into_any(),
        Step::Choose { email, error } => choose(locale, email, error).into_any(),
        Step::Dead => dead(locale).into_any(),
    };
    let content = view! {
        <section class="grid gap-4">
            <h1 class="text-3xl font-semibold">{title}</h1>
            {content}
            <a class="link link-hover text-sm justify-self-start" href="/login">
                {td_string!(locale, signin.back)}
            </a>
        </section>
        <Languages locale page=path next=String::new()/>
    };
    let head = Head {
        language: view.language,
        theme: view.theme,
        title,
        stylesheet: view.stylesheet,
    };
    frame(head, content)
}

fn ask(locale: Locale, email: String, error: Option<ApiError>) -> impl IntoView {
    view! {
        <p class="quiet">{td_string!(locale, signin.forgot_text)}</p>
        <form method="post" action="/forgot" class="grid gap-4">
            <Banner error=error.clone()/>
            <Input
                label=td_string!(locale, signin.email) id="email" name="email" kind="email"
                autocomplete="username" value=email error
            />
            <button type="submit" class="btn btn-primary mt-2">
                {td_string!(locale, signin.forgot_submit)}
            </button>
        </form>
    }
}

fn sent(locale: Locale) -> impl IntoView {
    view! {
        <p role="status">{td_string!(locale, signin.sent_text)}</p>
        <p class="quiet text-sm">{td_string!(locale, signin.sent_help)}</p>
    }
}

fn nobody(locale: Locale) -> impl IntoView {
    view! {
        <p>{td_string!(locale, signin.nobody_text)}</p>
        <p class="panel p-3"><code>"neopro create-admin"</code></p>
    }
}

fn choose(locale: Locale, email: String, error: Option<ApiError>) -> impl IntoView {
    view! {
        <p class="quiet">{td_string!(locale, signin.choose_text)}</p>
        <form method="post" action="/reset" class="grid gap-4">
            <Banner error=error.clone()/>
            // For who keeps passwords: whose it is. The link alone decides.
            <div class="field">
                <label for="email">{td_string!(locale, signin.email)}</label>
                <input class="input" id="email" type="email" value=email autocomplete="username" readonly=true/>
            </div>
            <Input
                label=td_string!(locale, signin.first_password) id="password" name="password"
                kind="password" autocomplete="new-password"
                help=td_string!(locale, signin.first_rules).to_owned() error
            />
            <button type="submit" class="btn btn-primary mt-2">
                {td_string!(locale, signin.choose_submit)}
            </button>
        </form>
    }
}

fn dead(locale: Locale) -> impl IntoView {
    view! {
        <p role="alert" class="panel panel-error p-3 text-sm">{td_string!(locale, signin.dead_text)}</p>
        <a class="btn btn-primary" href="/forgot">{td_string!(locale, signin.dead_again)}</a>
    }
}
