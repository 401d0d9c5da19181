//! Only the player's own page speaks to the player.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;

/// Lets through what was sent to this machine under one of its own names. A foreign page that
/// points its name at 127.0.0.1 fails here.
pub(super) async fn own_host(
    State(own): State<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if is_own_host(request.headers(), own) {
        next.run(request).await
    } else {
        Refusal::HostRefused.into_response()
    }
}

/// Lets through what comes from the player's own page, after [`own_host`]. Every browser says where
/// a POST comes from.
pub(super) async fn own_origin(request: Request, next: Next) -> Response {
    if is_own_origin(request.headers()) {
        next.run(request).await
    } else {
        Refusal::OriginRefused.into_response()
    }
}

fn is_own_host(headers: &HeaderMap, own: SocketAddr) -> bool {
    only(headers, HOST).is_some_and(|host| names(own).any(|name| name == host))
}

fn is_own_origin(headers: &HeaderMap) -> bool {
    let (Some(origin), Some(host)) = (only(headers, ORIGIN), only(headers, HOST)) else {
        return false;
    };
    // The same name in both: localhost and 127.0.0.1 are two origins for a browser.
    origin.strip_prefix("http://") == Some(host)
}

/// How a browser on this machine writes this address. Port 80 is left out.
fn names(own: SocketAddr) -> impl Iterator<Item = String> {
    let port = match own.port() {
        80 => String::new(),
        port => format!(":{port}"),
    };
    let ip = match own {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    };
    [ip, "localhost".to_owned()]
        .into_iter()
        .map(move |name| name + &port)
}

/// The one value of a header: with two of them, two programs would believe different things.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use axum::http::header::{HOST, ORIGIN};

    use super::{is_own_host, is_own_origin};

    fn headers(host: &'static str, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let own = "127.0.0.1:8080".parse().unwrap();
        for host in ["127.0.0.1:8080", "localhost:8080"] {
            assert!(is_own_host(&headers(host, None), own), "{host}");
        }
        for host in [
            "evil.example:8080",
            "127.0.0.1",
            "localhost:3001",
            "127.0.0.1:80801",
        ] {
            assert!(!is_own_host(&headers(host, None), own), "{host}");
        }
        assert!(is_own_host(
            &headers("[::1]:8080", None),
            "[::1]:8080".parse().unwrap()
        ));
        assert!(!is_own_host(&HeaderMap::new(), own));
    }

    #[test]
    fn only_the_page_itself_may_speak() {
        let from = |origin| is_own_origin(&headers("127.0.0.1:8080", origin));
        assert!(from(Some("http://127.0.0.1:8080")));
        for origin in [
            None,
            Some("null"),
            Some("https://127.0.0.1:8080"),
            Some("http://localhost:8080"),
            Some("http://127.0.0.1:3001"),
            Some("http://evil.example"),
        ] {
            assert!(!from(origin), "{origin:?}");
        }
    }
}
