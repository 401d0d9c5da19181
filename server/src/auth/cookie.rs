//! The session cookie.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use chrono::Utc;
use cookie::{Cookie, SameSite, time::Duration};
use domain::account::NewSession;
use http::{HeaderMap, HeaderValue, header};
use secrecy::ExposeSecret;

use super::origin::keeps_secure_cookies;
use crate::caller::Caller;
use crate::settings::mode::Mode;

/// The prefix makes browsers refuse it from another host, without TLS, or for a part of the site.
pub const SECURE: &str = "__Host-session";
/// For development on plain HTTP, by `NEOPRO_ENV=development` only.
pub const DEVELOPMENT: &str = "neopro-dev";

/// Which cookie a browser would keep.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SessionCookie {
    /// [`SECURE`].
    Secure,
    /// [`DEVELOPMENT`].
    Development,
}

impl SessionCookie {
    /// The cookie that the caller's browser keeps; refuses addresses where it keeps none,
    /// so that nobody signs in and lands on the sign-in page again.
    pub fn kept_by(caller: &Caller, headers: &HeaderMap, mode: Mode) -> Result<Self, ApiError> {
        let origin = headers
            .get(header::ORIGIN)
            .and_then(|value| value.to_str().ok());
        match (keeps_secure_cookies(origin, caller), mode) {
            (true, _) => Ok(Self::Secure),
            (false, Mode::Development) => Ok(Self::Development),
            (false, Mode::Embedded | Mode::Production) => {
                Err(ApiError::new(ErrorCode::InsecureAddress))
            }
        }
    }

    /// `Set-Cookie` for a fresh session.
    pub fn of(self, session: &NewSession) -> Option<HeaderValue> {
        let life = session.expires_at - Utc::now();
        self.build(
            session.token.expose_secret(),
            Duration::seconds(life.num_seconds().max(0)),
        )
    }

    fn build(self, value: &str, max_age: Duration) -> Option<HeaderValue> {
        let name = match self {
            Self::Secure => SECURE,
            Self::Development => DEVELOPMENT,
        };
        Cookie::build((name, value))
            .http_only(true)
            .secure(self == Self::Secure)
            .same_site(SameSite::Lax)
            .path("/")
            .max_age(max_age)
            .to_string()
            .parse()
            .ok()
    }
}

/// `Set-Cookie` lines that make a browser forget its session.
pub fn removals() -> impl Iterator<Item = HeaderValue> {
    [SessionCookie::Secure, SessionCookie::Development]
        .into_iter()
        .filter_map(|cookie| cookie.build("", Duration::ZERO))
}

/// `Set-Cookie` that keeps the reader's choice of language for a year. The dashboard's script
/// reads and writes the same cookie.
pub fn language(language: Language) -> HeaderValue {
    HeaderValue::from_static(match language {
        Language::Fr => "neopro-language=fr; SameSite=Lax; Path=/; Max-Age=31536000",
        Language::En => "neopro-language=en; SameSite=Lax; Path=/; Max-Age=31536000",
    })
}

/// The session's token, if the browser sent one.
pub fn token(headers: &HeaderMap, mode: Mode) -> Option<String> {
    value(headers, SECURE).or_else(|| match mode {
        Mode::Development => value(headers, DEVELOPMENT),
        Mode::Embedded | Mode::Production => None,
    })
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Duration, HeaderMap, Mode, SessionCookie, header, token};

    #[test]
    fn the_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
        let cookie = SessionCookie::Secure
            .build("abc", Duration::seconds(60))
            .unwrap();
        insta::assert_snapshot!(cookie.to_str().unwrap(), @"__Host-session=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60");
    }

    #[test]
    fn the_development_cookie_counts_in_development_only() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; neopro-dev=xyz".parse().unwrap());
        assert_eq!(token(&headers, Mode::Development).as_deref(), Some("xyz"));
        assert_eq!(token(&headers, Mode::Production), None);
        headers.append(header::COOKIE, "__Host-session=abc".parse().unwrap());
        assert_eq!(token(&headers, Mode::Production).as_deref(), Some("abc"));
    }
}
