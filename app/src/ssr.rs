//! The server's side of the dashboard: the way from a server function to the domain, the page's
//! frame, its headers. The only module that is compiled for the server alone.

mod shell;

use api::error::{ApiError, ErrorCode};
use api::site::Site;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use domain::{Actor, Client, Domain};
use http::StatusCode;
use http::request::Parts;
use leptos::config::{Env, LeptosOptions};
use leptos::prelude::{expect_context, use_context, use_nonce};
use leptos_axum::ResponseOptions;

pub use shell::shell;

use crate::state::language::of_headers;

/// Runs a verb of the domain for the signed-in person of this request; refusals come back in
/// the person's language.
///
/// # Panics
/// When the server did not provide the domain.
pub async fn call<T>(
    operation: impl AsyncFnOnce(Domain, Actor) -> domain::Result<T>,
) -> Result<T, ApiError> {
    let parts = use_context::<Parts>();
    let actor = parts
        .as_ref()
        .and_then(|parts| parts.extensions.get::<Actor>().cloned());
    let language = parts
        .map(|parts| of_headers(&parts.headers))
        .unwrap_or_default();
    let Some(actor) = actor else {
        return Err(ApiError::new(ErrorCode::Unauthenticated).in_language(language));
    };
    let answer = operation(expect_context::<Domain>(), actor).await;
    answer.map_err(|error| ApiError::from(error).in_language(language))
}

/// Where this request comes from, for what is throttled by network.
pub fn client() -> Result<Client, ApiError> {
    let parts = use_context::<Parts>();
    let client = parts.and_then(|parts| parts.extensions.get::<Client>().cloned());
    client.ok_or_else(|| ApiError::new(ErrorCode::Internal))
}

/// Goes on to the page of a site, with and without script.
pub fn go_to_site(site: &Site) {
    leptos_axum::redirect(&format!("/sites/{}", site.id));
}

/// Gives the page being rendered another status than 200. Server functions do not call this:
/// their own status comes from their refusal.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// Headers of every page: only our own scripts, named by nonce; nothing from other origins;
/// no copy in shared caches.
fn set_headers(options: &LeptosOptions) {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.insert_header(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    let nonce = use_nonce()
        .map(|nonce| nonce.to_string())
        .unwrap_or_default();
    let domain = use_context::<Domain>();
    let store = domain
        .as_ref()
        .and_then(|domain| domain.uploads().direct_origin().map(str::to_owned));
    let policy = content_security_policy(&nonce, options, store.as_deref());
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// `'wasm-unsafe-eval'` lets the browser compile the dashboard, and nothing else.
/// A developer's page may also listen to the reload socket. Uploads go straight to the object store.
fn content_security_policy(nonce: &str, options: &LeptosOptions, store: Option<&str>) -> String {
    let reload = match options.env {
        Env::DEV => format!(" ws://*:{}", options.reload_port),
        Env::PROD => String::new(),
    };
    let store = store.map(|store| format!(" {store}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self' blob:; \
         connect-src 'self'{reload}{store}; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use leptos::config::LeptosOptions;

    use super::content_security_policy;

    #[test]
    fn the_policy_allows_no_inline_style_and_no_other_origin() {
        let options = LeptosOptions::builder().output_name("neopro").build();
        let policy = content_security_policy("abc", &options, None);
        assert!(
            policy.contains("'nonce-abc' 'wasm-unsafe-eval'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert!(!policy.contains("http"), "{policy}");
        let policy = content_security_policy("abc", &options, Some("https://s3.example"));
        assert!(
            policy.contains(" https://s3.example; manifest-src"),
            "{policy}"
        );
    }
}
