//! The session cookie.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use chrono::Utc;
use cookie::{Cookie, CookieBuilder, SameSite, time::Duration};
use domain::account::NewSession;
use http::{HeaderMap, HeaderValue, header};
use secrecy::ExposeSecret;

use super::origin::{is_elsewhere, keeps_secure_cookies, origin_of};
use crate::caller::Caller;
use crate::settings::Settings;
use crate::settings::mode::Mode;

/// The prefix makes browsers refuse it from another host, without TLS, or for a part of the site.
pub const SECURE: &str = "__Host-session";
/// For development on plain HTTP, by `NEOPRO_ENV=development` only.
pub const DEVELOPMENT: &str = "neopro-dev";

/// Set before the sign-in of a dashboard on another site: if it comes back, the session's would too.
const PROBE: &str = "__Host-neopro-kept";
/// Time to type a password.
const PROBE_LIFE: Duration = Duration::hours(1);

/// Which cookie a browser would keep.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SessionCookie {
    /// [`SECURE`].
    Secure,
    /// [`SECURE`], for a dashboard on another site: kept apart for each such site (CHIPS).
    Elsewhere,
    /// [`DEVELOPMENT`].
    Development,
}

impl SessionCookie {
    /// The cookie that the caller's browser keeps. None for a dashboard on another site whose browser
    /// did not bring back [`probe`]. Refuses addresses where it keeps none, so that nobody signs in and
    /// lands on the sign-in page again.
    pub fn kept_by(
        caller: &Caller,
        headers: &HeaderMap,
        settings: &Settings,
    ) -> Result<Option<Self>, ApiError> {
        let origin = origin_of(headers);
        if is_elsewhere(origin, caller, &settings.origins) {
            return Ok(value(headers, PROBE).map(|_| Self::Elsewhere));
        }
        match (keeps_secure_cookies(origin, caller), settings.mode) {
            (true, _) => Ok(Some(Self::Secure)),
            (false, Mode::Development) => Ok(Some(Self::Development)),
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
            Self::Secure | Self::Elsewhere => SECURE,
            Self::Development => DEVELOPMENT,
        };
        let cookie = Cookie::build((name, value))
            .http_only(true)
            .path("/")
            .max_age(max_age);
        let cookie = match self {
            Self::Secure => cookie.secure(true).same_site(SameSite::Lax),
            Self::Elsewhere => across_sites(cookie),
            Self::Development => cookie.same_site(SameSite::Lax),
        };
        cookie.to_string().parse().ok()
    }
}

fn across_sites(cookie: CookieBuilder<'_>) -> CookieBuilder<'_> {
    cookie
        .secure(true)
        .same_site(SameSite::None)
        .partitioned(true)
}

/// `Set-Cookie` of what a dashboard on another site gets before its sign-in: if it comes back, the
/// session's would too.
pub fn probe() -> Option<HeaderValue> {
    let cookie = Cookie::build((PROBE, "1"))
        .http_only(true)
        .path("/")
        .max_age(PROBE_LIFE);
    across_sites(cookie).to_string().parse().ok()
}

/// `Set-Cookie` lines that make a browser forget its session.
pub fn removals() -> impl Iterator<Item = HeaderValue> {
    [
        SessionCookie::Secure,
        SessionCookie::Elsewhere,
        SessionCookie::Development,
    ]
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

pub(super) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
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
    fn the_cookie_of_a_dashboard_elsewhere_crosses_sites_and_stays_with_that_dashboard() {
        let cookie = SessionCookie::Elsewhere
            .build("abc", Duration::seconds(60))
            .unwrap();
        insta::assert_snapshot!(cookie.to_str().unwrap(), @"__Host-session=abc; HttpOnly; SameSite=None; Partitioned; Secure; Path=/; Max-Age=60");
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
