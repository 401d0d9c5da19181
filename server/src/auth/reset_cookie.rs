//! What a browser keeps of a mail's link between its opening and the new password: so that the token
//! stands in the address of one redirection only.

use cookie::{Cookie, SameSite, time::Duration};
use http::{HeaderMap, HeaderValue};

use super::cookie::{SessionCookie, value};
use crate::settings::mode::Mode;

const SECURE: &str = "__Host-reset";
/// See [`super::cookie::DEVELOPMENT`].
const DEVELOPMENT: &str = "neopro-dev-reset";
/// As long as the link is good.
const LIFE: Duration = Duration::minutes(30);
/// Hexadecimal digits of 256 bits.
const DIGITS: usize = 64;

/// `Set-Cookie` for the token of a link; none for what cannot be one. `Lax`, as the reader comes from a
/// page with mails.
pub fn keep(kind: SessionCookie, token: &str) -> Option<HeaderValue> {
    let is_token = token.len() == DIGITS && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token.then(|| build(kind, token, LIFE)).flatten()
}

/// `Set-Cookie` lines that make a browser forget it.
pub fn removals() -> impl Iterator<Item = HeaderValue> {
    [SessionCookie::Secure, SessionCookie::Development]
        .into_iter()
        .filter_map(|kind| build(kind, "", Duration::ZERO))
}

/// The token, if the browser sent one.
pub fn token(headers: &HeaderMap, mode: Mode) -> Option<String> {
    value(headers, SECURE).or_else(|| match mode {
        Mode::Development => value(headers, DEVELOPMENT),
        Mode::Embedded | Mode::Production => None,
    })
}

fn build(kind: SessionCookie, value: &str, max_age: Duration) -> Option<HeaderValue> {
    let (name, is_secure) = match kind {
        SessionCookie::Secure | SessionCookie::Elsewhere => (SECURE, true),
        SessionCookie::Development => (DEVELOPMENT, false),
    };
    let cookie = Cookie::build((name, value))
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Lax)
        .path("/")
        .max_age(max_age);
    cookie.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{SessionCookie, keep};

    #[test]
    fn only_what_can_be_a_token_is_kept() {
        let kept = keep(SessionCookie::Secure, &"a1".repeat(32)).unwrap();
        let line = kept.to_str().unwrap();
        assert!(line.starts_with("__Host-reset=a1"), "{line}");
        assert!(
            line.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1800"),
            "{line}"
        );
        for token in ["", "a1", &"; Domain=evil.example".repeat(4)] {
            assert!(keep(SessionCookie::Secure, token).is_none(), "{token}");
        }
    }
}
