//! What browsers must not do with our answers.

use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::caller::{Caller, Scheme};
use crate::settings::origin::Origins;

/// For answers that are no pages; pages bring their own policy.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// A year.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Adds the headers that a handler did not set itself. An answer that was not modified brings none:
/// browsers go on with those of the answer that they kept (RFC 9111, 4.3.4).
pub fn add(response: &mut Response, caller: &Caller, origins: &Origins) {
    if response.status() == StatusCode::NOT_MODIFIED {
        return;
    }
    let headers = response.headers_mut();
    // At once, rather than twice while they come.
    headers.reserve(ALWAYS.len() + 3);
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(POLICY);
    if is_https(caller, origins) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
}

/// Over TLS as a trusted proxy says, or at an address that is configured as such.
fn is_https(caller: &Caller, origins: &Origins) -> bool {
    let known = origins.known.iter();
    let mut secure = known.filter_map(|origin| origin.strip_prefix("https://"));
    let host = caller.host.as_deref();
    caller.scheme == Scheme::Https || secure.any(|known| Some(known) == host)
}
