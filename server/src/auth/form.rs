//! Sign-in, sign-out and first run as plain HTML: no script, no WASM.

use api::account::{FirstRun, NewAdmin, SignIn};
use api::language::Language;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Actor;
use http::{HeaderMap, header};
use serde::Deserialize;

use super::session::{self, Kept, Opened};
use super::{cookie, next, page};
use crate::caller::Caller;
use crate::extract::{Form, MaybeSignedIn, Query};
use crate::state::AppState;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    next: String,
    language: Option<Language>,
    changed: Option<String>,
}

/// Missing inputs are empty ones: the refusal then is a sentence on the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignInForm {
    email: String,
    password: String,
    next: String,
}

/// See [`SignInForm`].
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct FirstRunForm {
    code: String,
    email: String,
    full_name: String,
    password: String,
}

/// The page; somebody who is signed in goes on at once.
pub(crate) async fn sign_in_page(
    State(state): State<AppState>,
    MaybeSignedIn(actor): MaybeSignedIn,
    headers: HeaderMap,
    Query(Asked {
        next,
        language,
        changed,
    }): Query<Asked>,
) -> Response {
    if let Some(language) = language {
        return in_language(language, &next);
    }
    if let Some(Actor::Person { .. }) = actor {
        return Redirect::to(&next::sanitised(&next)).into_response();
    }
    page::answer(
        &state,
        &headers,
        page::Typed {
            next: &next,
            changed: changed.is_some(),
            ..page::Typed::NOTHING
        },
        None,
    )
    .await
}

/// Keeps the choice for this and every later page.
fn in_language(language: Language, next: &str) -> Response {
    let cookie = cookie::language(language);
    (
        [(header::SET_COOKIE, cookie)],
        Redirect::to(&next::sign_in_address(next)),
    )
        .into_response()
}

/// Signs in and goes on to the page that was asked for.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Response {
    let SignInForm {
        email,
        password,
        next,
    } = form;
    let typed = SignIn {
        email: email.clone(),
        password,
    };
    match session::sign_in(&state, &caller, &headers, typed).await {
        Ok(opened) => go_on(opened, &next),
        Err(refusal) => {
            page::answer(
                &state,
                &headers,
                page::Typed {
                    email: &email,
                    next: &next,
                    changed: false,
                },
                Some(refusal),
            )
            .await
        }
    }
}

/// Creates the first administrator and goes on to the home page.
pub(crate) async fn first_run(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Form(form): Form<FirstRunForm>,
) -> Response {
    let email = form.email.clone();
    let first = FirstRun {
        code: form.code,
        admin: NewAdmin {
            email: form.email,
            full_name: form.full_name,
            password: form.password,
        },
    };
    match session::first_run(&state, &caller, &headers, first).await {
        Ok(opened) => go_on(opened, "/"),
        Err(refusal) => {
            page::answer(
                &state,
                &headers,
                page::Typed {
                    email: &email,
                    ..page::Typed::NOTHING
                },
                Some(refusal),
            )
            .await
        }
    }
}

/// Ends the session; the browser forgets it even when the database does not answer.
pub(crate) async fn sign_out(
    State(state): State<AppState>,
    MaybeSignedIn(actor): MaybeSignedIn,
) -> Response {
    if let Some(actor) = actor
        && let Err(error) = state.domain.accounts().sign_out(&actor).await
    {
        tracing::warn!(%error, "session not ended");
    }
    let mut response = Redirect::to("/login").into_response();
    for removal in cookie::removals() {
        response.headers_mut().append(header::SET_COOKIE, removal);
    }
    response
}

fn go_on(opened: Opened, next: &str) -> Response {
    let mut response = Redirect::to(&next::sanitised(next)).into_response();
    // A form is sent from our own page: tokens are for scripts.
    if let Kept::Cookie(line) = opened.kept {
        response.headers_mut().insert(header::SET_COOKIE, line);
    }
    response
}
