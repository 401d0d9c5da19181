//! Signing in and out by script: the server's own pages do it with plain forms.

use api::account::{FirstRun, SignIn, SignedIn};
use api::dashboard::Reception;
use api::error::{ApiError, ErrorCode};
use api::path::{DASHBOARD, FIRST_RUN, SESSION};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::{fetch, json, tokens};
use crate::browser;

/// How the server receives this page. Leaves a cookie that shows at sign-in whether the browser keeps any.
pub async fn receive() -> Result<Reception, ApiError> {
    ask("GET", DASHBOARD, None).await
}

/// Signs in.
pub async fn sign_in(typed: &SignIn) -> Result<(), ApiError> {
    begin(SESSION, typed).await
}

/// Creates the first administrator and signs in.
pub async fn first_run(typed: &FirstRun) -> Result<(), ApiError> {
    begin(FIRST_RUN, typed).await
}

async fn begin(path: &str, typed: &impl Serialize) -> Result<(), ApiError> {
    tokens::drop_held();
    let body = serde_json::to_string(typed).map_err(|_| browser::refusal(ErrorCode::Invalid))?;
    let signed_in: SignedIn = ask("POST", path, Some(&body.into())).await?;
    if let Some(tokens) = signed_in.tokens {
        tokens::hold(&tokens);
    }
    Ok(())
}

/// Ends the session and goes to the sign-in page. The page forgets it even where the server does not
/// answer. Few pages need it: its code comes when it is called.
#[lazy]
pub fn leave() {
    spawn_local(async {
        // What is lost here ends by itself.
        let _ = fetch("DELETE", SESSION, None).await;
        tokens::drop_held();
        browser::leave_for("/login");
    });
}

async fn ask<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<&JsValue>,
) -> Result<T, ApiError> {
    let lost = |_| browser::lost();
    let answer = fetch(method, path, body).await.map_err(lost)?;
    if answer.ok() {
        json(&answer).await.ok_or_else(browser::lost)
    } else {
        Err(json(&answer).await.unwrap_or_else(browser::lost))
    }
}
