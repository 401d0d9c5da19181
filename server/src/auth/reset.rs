//! A forgotten password, as plain HTML: no script, no WASM.

use api::account::ChangePassword;
use api::error::{ApiError, ErrorCode};
use api::language::Language;
use app::sign_in::reset::{ResetView, Step, document};
use app::state::{language, theme};
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::account::AskReset;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

use super::cookie::{self, SessionCookie};
use super::{page, reset_cookie};
use crate::assets;
use crate::caller::Caller;
use crate::extract::{Form, Query};
use crate::state::AppState;

/// Where the mail was asked for, once it was.
const SENT: &str = "/forgot?sent=1";
/// The sign-in page, after the password was replaced.
const CHANGED: &str = "/login?changed=1";

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    sent: Option<String>,
    token: Option<String>,
    language: Option<Language>,
}

/// Missing inputs are empty ones: the refusal then is a sentence on the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ForgotForm {
    email: String,
}

/// See [`ForgotForm`].
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ResetForm {
    password: String,
}

/// Where somebody asks for the mail.
pub(crate) async fn forgot_page(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    if let Some(language) = asked.language {
        return in_language(language, "/forgot");
    }
    let step = match asked.sent {
        Some(_) => Step::Sent,
        None => Step::Ask {
            email: String::new(),
            error: None,
        },
    };
    answer(&state, &headers, of_server(&state, step))
}

/// Has the mail sent.
pub(crate) async fn forgot(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Form(ForgotForm { email }): Form<ForgotForm>,
) -> Response {
    let asked = AskReset {
        email: email.clone(),
        language: language::of_headers(&headers),
        origin: state.settings.origins.pages.clone(),
    };
    let accounts = state.domain.accounts();
    let step = match accounts.ask_reset(asked, &caller.client).await {
        Ok(()) if accounts.send_resets() => return Redirect::to(SENT).into_response(),
        Ok(()) => Step::Nobody,
        Err(error) => Step::Ask {
            email,
            error: Some(error.into()),
        },
    };
    answer(&state, &headers, of_server(&state, step))
}

/// Where a mail's link leads. The token goes from the address into a cookie at once; then the page asks for
/// the new password.
pub(crate) async fn reset_page(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    if let Some(token) = asked.token {
        return keep(&state, &caller, &headers, &token).await;
    }
    if let Some(language) = asked.language {
        return in_language(language, "/reset");
    }
    let step = chosen(&state, &headers, None).await;
    answer(&state, &headers, step)
}

async fn keep(state: &AppState, caller: &Caller, headers: &HeaderMap, token: &str) -> Response {
    let kind = match SessionCookie::kept_by(caller, headers, &state.settings) {
        Ok(kind) => kind,
        // Nobody could sign in here afterwards either.
        Err(refusal) => {
            return page::answer(state, headers, page::Typed::NOTHING, Some(refusal)).await;
        }
    };
    let Some(line) = reset_cookie::keep(kind.unwrap_or(SessionCookie::Secure), token) else {
        return answer(state, headers, Step::Dead);
    };
    let kept = [
        (header::SET_COOKIE, line),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // This address, alone of all, tells something.
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    (kept, Redirect::to("/reset")).into_response()
}

/// Replaces the password and goes on to the sign-in page.
pub(crate) async fn reset(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Form(ResetForm { password }): Form<ResetForm>,
) -> Response {
    let token = token(&state, &headers);
    let change = ChangePassword { password };
    let accounts = state.domain.accounts();
    match accounts.reset(&token, change, &caller.client).await {
        Ok(()) => forgetting(Redirect::to(CHANGED).into_response()),
        Err(error) => {
            let step = chosen(&state, &headers, Some(error.into())).await;
            answer(&state, &headers, step)
        }
    }
}

fn token(state: &AppState, headers: &HeaderMap) -> String {
    reset_cookie::token(headers, state.settings.mode).unwrap_or_default()
}

/// The page that asks for the password, or that says that the link is not good.
async fn chosen(state: &AppState, headers: &HeaderMap, refusal: Option<ApiError>) -> Step {
    let token = token(state, headers);
    match state.domain.accounts().reset_of(&token).await {
        Ok(account) => Step::Choose {
            email: account.email,
            error: refusal,
        },
        Err(error) => match ApiError::from(error) {
            refused if refused.code == ErrorCode::NotFound => Step::Dead,
            lost => Step::Choose {
                email: String::new(),
                error: Some(lost),
            },
        },
    }
}

/// Nobody is told to wait for a mail that cannot come.
fn of_server(state: &AppState, step: Step) -> Step {
    if state.domain.accounts().send_resets() {
        step
    } else {
        Step::Nobody
    }
}

/// Keeps the choice for this and every later page.
fn in_language(language: Language, page: &'static str) -> Response {
    let cookie = cookie::language(language);
    ([(header::SET_COOKIE, cookie)], Redirect::to(page)).into_response()
}

/// What opened the link is worth nothing any more.
fn forgetting(mut response: Response) -> Response {
    for removal in reset_cookie::removals() {
        response.headers_mut().append(header::SET_COOKIE, removal);
    }
    response
}

fn answer(state: &AppState, headers: &HeaderMap, mut step: Step) -> Response {
    let language = language::of_headers(headers);
    let status = match &mut step {
        Step::Ask { error, .. } | Step::Choose { error, .. } => {
            *error = error.take().map(|error| error.in_language(language));
            error
                .as_ref()
                .map_or(StatusCode::OK, |error| error.code.status())
        }
        Step::Sent | Step::Nobody => StatusCode::OK,
        Step::Dead => ErrorCode::NotFound.status(),
    };
    let is_dead = matches!(step, Step::Dead);
    let html = document(&ResetView {
        language,
        theme: theme::of_headers(headers),
        step,
        stylesheet: assets::stylesheet(&state.leptos),
    });
    let response = (status, page::headers(), Html(html)).into_response();
    if is_dead {
        forgetting(response)
    } else {
        response
    }
}
