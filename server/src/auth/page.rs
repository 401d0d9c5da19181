//! The sign-in page.

use api::error::ApiError;
use app::sign_in::{SignInView, document};
use app::state::{language, theme};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::next;
use crate::assets;
use crate::state::AppState;

/// The page loads our stylesheet and fonts, and sends forms to us: nothing else.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// What the form keeps after a refusal.
pub struct Typed<'a> {
    /// The address typed.
    pub email: &'a str,
    /// The page asked for.
    pub next: &'a str,
    /// Whether a forgotten password was just replaced.
    pub changed: bool,
}

impl Typed<'static> {
    /// A form that nobody sent.
    pub const NOTHING: Self = Self {
        email: "",
        next: "/",
        changed: false,
    };
}

/// What browsers must not do with a page without script.
pub fn headers() -> [(HeaderName, HeaderValue); 2] {
    [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

/// The page, with the refusal's status where there is one. While there is no user it has the
/// first-run panel; without a database it says so rather than failing.
pub async fn answer(
    state: &AppState,
    headers: &HeaderMap,
    typed: Typed<'_>,
    refusal: Option<ApiError>,
) -> Response {
    let language = language::of_headers(headers);
    let (first_run, lost) = match state.domain.accounts().exist().await {
        Ok(exist) => (!exist, None),
        Err(error) => (false, Some(ApiError::from(error))),
    };
    let error = refusal
        .or(lost)
        .map(|refusal| refusal.in_language(language));
    let status = error
        .as_ref()
        .map_or(StatusCode::OK, |error| error.code.status());
    let page = document(&SignInView {
        language,
        theme: theme::of_headers(headers),
        email: typed.email.to_owned(),
        next: next::sanitised(typed.next),
        error,
        first_run,
        changed: typed.changed,
        stylesheet: assets::stylesheet(&state.leptos),
    });
    (status, self::headers(), Html(page)).into_response()
}

/// Refuses a request in the form that its sender reads: people see the sign-in page with the
/// sentence, programs get the [`ApiError`].
pub async fn refuse(state: &AppState, headers: &HeaderMap, refusal: ApiError) -> Response {
    if !accepts_pages(headers) {
        return refusal.into_response();
    }
    // Boxed: every request passes by here, few come in.
    Box::pin(answer(state, headers, Typed::NOTHING, Some(refusal))).await
}

/// Whether the sender shows pages.
pub fn accepts_pages(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}
