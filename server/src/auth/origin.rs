//! What an `Origin` header says about the page that a request comes from.

use api::error::{ApiError, ErrorCode};
use http::{HeaderMap, header};
use url::{Host, Url};

use crate::caller::{Caller, Scheme};
use crate::settings::origin::Origins;

/// Whether pages of `origin` may change something here: configured origins, and the page's own
/// host where it cannot have been rebound to us by DNS (localhost or an IP address).
pub fn check(origin: &str, caller: &Caller, origins: &Origins) -> Result<(), ApiError> {
    if origins.accept(origin) {
        return Ok(());
    }
    let own_host = caller
        .host
        .as_deref()
        .and_then(|host| authority_of(origin).map(|of| of == host));
    let (Some(true), Ok(url)) = (own_host, Url::parse(origin)) else {
        return Err(ApiError::new(ErrorCode::OriginRefused));
    };
    match (url.host(), url.scheme()) {
        (Some(Host::Ipv4(_) | Host::Ipv6(_)), _) => Ok(()),
        (Some(Host::Domain(name)), _) if is_localhost(name) => Ok(()),
        // Refused in any case; this sentence says what to do about it.
        (_, "http") => Err(ApiError::new(ErrorCode::InsecureAddress)),
        _ => {
            tracing::warn!(
                origin,
                "unknown origin refused: name it in PUBLIC_URL or ALLOWED_ORIGINS"
            );
            Err(ApiError::new(ErrorCode::OriginRefused))
        }
    }
}

/// The origin that a browser names.
pub fn origin_of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok()
}

/// Whether a page of `origin` is a dashboard that is served from another address than this server's.
pub fn is_elsewhere(origin: Option<&str>, caller: &Caller, origins: &Origins) -> bool {
    let Some(origin) = origin else {
        return false;
    };
    let is_allowed = origins.allowed.iter().any(|allowed| allowed == origin);
    is_allowed && authority_of(origin) != caller.host.as_deref()
}

/// Whether a browser keeps a `Secure` cookie of a page at this origin: TLS, or this very machine.
pub fn keeps_secure_cookies(origin: Option<&str>, caller: &Caller) -> bool {
    let address = match (origin, caller.scheme) {
        (Some(origin), _) => origin.to_owned(),
        (None, Scheme::Https) => return true,
        (None, Scheme::Http) => format!("http://{}", caller.host.as_deref().unwrap_or_default()),
    };
    let Ok(url) = Url::parse(&address) else {
        return false;
    };
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Domain(name)) => is_localhost(name),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}

fn is_localhost(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn authority_of(origin: &str) -> Option<&str> {
    origin.split_once("://").map(|(_, authority)| authority)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::{Caller, ErrorCode, Origins, Scheme, check, keeps_secure_cookies};

    fn caller(host: &str) -> Caller {
        Caller {
            client: domain::Client {
                address: Ipv4Addr::LOCALHOST.into(),
                user_agent: None,
            },
            scheme: Scheme::Http,
            host: Some(host.to_owned()),
        }
    }

    #[test]
    fn only_known_origins_and_hosts_that_dns_cannot_rebind_may_change_something() {
        let origins = Origins {
            known: vec!["https://tv.example.fr".to_owned()],
            allowed: vec!["https://autre.example.fr".to_owned()],
            ..Origins::default()
        };
        let refused = Some(ErrorCode::OriginRefused);
        for (origin, host, expected) in [
            ("https://tv.example.fr", "tv.example.fr", None),
            ("https://autre.example.fr", "tv.example.fr", None),
            ("http://localhost:3001", "localhost:3001", None),
            ("http://192.168.1.5:3001", "192.168.1.5:3001", None),
            ("http://[::1]:3001", "[::1]:3001", None),
            ("http://localhost:3002", "localhost:3001", refused),
            ("https://evil.example", "tv.example.fr", refused),
            ("https://evil.example", "evil.example", refused),
            (
                "http://evil.example:3001",
                "evil.example:3001",
                Some(ErrorCode::InsecureAddress),
            ),
            ("null", "localhost:3001", refused),
        ] {
            let found = check(origin, &caller(host), &origins)
                .err()
                .map(|error| error.code);
            assert_eq!(found, expected, "{origin} at {host}");
        }
    }

    #[test]
    fn browsers_keep_the_cookie_over_tls_and_on_this_machine_only() {
        for (origin, host, kept) in [
            (Some("https://tv.example.fr"), "tv.example.fr", true),
            (Some("http://localhost:3001"), "localhost:3001", true),
            (Some("http://127.0.0.1:3001"), "127.0.0.1:3001", true),
            (Some("http://192.168.1.5:3001"), "192.168.1.5:3001", false),
            (None, "localhost:3001", true),
            (None, "192.168.1.5:3001", false),
        ] {
            assert_eq!(
                keeps_secure_cookies(origin, &caller(host)),
                kept,
                "{origin:?} {host}"
            );
        }
    }
}
