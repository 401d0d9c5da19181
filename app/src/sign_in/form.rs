use api::error::ApiError;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::field_error;
use crate::i18n::Locale;
use crate::upstream;

/// Why it was refused, read out at once.
#[component]
pub(super) fn Banner(error: Option<ApiError>) -> impl IntoView {
    error.map(|error| {
        view! {
            <p role="alert" class="panel panel-error p-3 text-sm">
                {error.message}
            </p>
        }
    })
}

/// One input of a plain form.
#[component]
pub(super) fn Input(
    /// Its label.
    #[prop(into)]
    label: String,
    /// Its id.
    id: &'static str,
    /// Its name in the request.
    name: &'static str,
    /// `text`, `email` or `password`.
    kind: &'static str,
    /// What browsers may fill in.
    autocomplete: &'static str,
    /// What it starts with.
    #[prop(optional, into)]
    value: String,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// The refusal of the form, which may name this input.
    #[prop(optional_no_strip)]
    error: Option<ApiError>,
) -> impl IntoView {
    let refused = error.and_then(|error| field_error(Some(&error), name));
    let described = match (&refused, &help) {
        (Some(_), _) => Some(format!("{id}-error")),
        (None, Some(_)) => Some(format!("{id}-help")),
        (None, None) => None,
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                required=true
                aria-invalid=refused.is_some().then_some("true")
                aria-describedby=described
            />
            {help.map(|help| view! { <p class="field-help" id=format!("{id}-help")>{help}</p> })}
            {refused.map(|text| view! { <p class="field-error" id=format!("{id}-error")>{text}</p> })}
        </div>
    }
}

/// Address and password.
#[component]
pub(crate) fn SignInForm(
    locale: Locale,
    email: String,
    next: String,
    #[prop(optional_no_strip)] error: Option<ApiError>,
) -> impl IntoView {
    view! {
        <form method="post" action="/login" class="grid gap-4">
            <h1 class="text-3xl font-semibold">{td_string!(locale, signin.title)}</h1>
            <Banner error=error.clone()/>
            <input type="hidden" name="next" value=next/>
            <Input
                label=td_string!(locale, signin.email)
                id="email"
                name="email"
                kind="email"
                autocomplete="username"
                value=email
                error=error.clone()
            />
            <Input
                label=td_string!(locale, signin.password)
                id="password"
                name="password"
                kind="password"
                autocomplete="current-password"
                error
            />
            <button type="submit" class="btn btn-primary mt-2">
                {td_string!(locale, signin.submit)}
            </button>
            <a class="link link-hover text-sm justify-self-start" href=upstream::url("/forgot")>
                {td_string!(locale, signin.forgot)}
            </a>
        </form>
    }
}
