use api::error::ApiError;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::form::{Banner, Input};
use crate::i18n::Locale;

/// While nobody can sign in: creates the first administrator with the code from the log.
#[component]
pub(crate) fn FirstRunPanel(
    locale: Locale,
    #[prop(optional_no_strip)] error: Option<ApiError>,
) -> impl IntoView {
    view! {
        <form method="post" action="/first-run" class="panel p-5 grid gap-4">
            <h2 class="text-xl font-semibold">{td_string!(locale, signin.first_title)}</h2>
            <p class="quiet text-sm">{td_string!(locale, signin.first_text)}</p>
            <Banner error=error.clone()/>
            <Input
                label=td_string!(locale, signin.first_code) id="first-code" name="code" kind="text"
                autocomplete="off" error=error.clone()
            />
            <Input
                label=td_string!(locale, signin.first_name) id="first-name" name="full_name" kind="text"
                autocomplete="name" error=error.clone()
            />
            <Input
                label=td_string!(locale, signin.first_email) id="first-email" name="email" kind="email"
                autocomplete="username" error=error.clone()
            />
            <Input
                label=td_string!(locale, signin.first_password) id="first-password" name="password"
                kind="password" autocomplete="new-password"
                help=td_string!(locale, signin.first_rules).to_owned() error
            />
            <button type="submit" class="btn btn-primary">
                {td_string!(locale, signin.first_submit)}
            </button>
        </form>
    }
}
