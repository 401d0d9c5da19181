//! Where a request comes from, proxies taken off.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use api::error::{ApiError, ErrorCode};
use axum::extract::{ConnectInfo, FromRequestParts, Request};
use domain::Client;
use http::request::Parts;
use http::{HeaderMap, header};

use crate::settings::proxy::TrustedProxies;

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// How the client speaks to us, or to the proxy before us.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scheme {
    /// In clear.
    Http,
    /// Over TLS.
    Https,
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Address and user agent, as the domain wants them.
    pub client: Client,
    /// How the client speaks.
    pub scheme: Scheme,
    /// The `Host` that the client named, with its port; never believed for links.
    pub host: Option<String>,
}

impl Caller {
    /// Attaches the caller of a request to it.
    pub fn attach(request: &mut Request, proxies: &TrustedProxies) -> Arc<Self> {
        let caller = Arc::new(Self::of(request, proxies));
        request.extensions_mut().insert(Arc::clone(&caller));
        caller
    }

    fn of(request: &Request, proxies: &TrustedProxies) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        let headers = request.headers();
        Self {
            client: Client {
                address: client_address(peer, headers, proxies),
                user_agent: text(headers, header::USER_AGENT.as_str()).map(str::to_owned),
            },
            scheme: scheme(peer, headers, proxies),
            host: text(headers, header::HOST.as_str())
                .or_else(|| request.uri().authority().map(http::uri::Authority::as_str))
                .map(str::to_owned),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let attached = parts.extensions.get::<Arc<Self>>();
        let attached = attached.map(|caller| Self::clone(caller));
        attached.ok_or_else(|| ApiError::new(ErrorCode::Internal))
    }
}

/// The rightmost hop that is not a proxy of ours: what stands left of it, anybody can write.
fn client_address(peer: IpAddr, headers: &HeaderMap, proxies: &TrustedProxies) -> IpAddr {
    let mut client = peer.to_canonical();
    let hops = headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = hops
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.rsplit(','));
    for hop in hops {
        if !proxies.contains(client) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

fn scheme(peer: IpAddr, headers: &HeaderMap, proxies: &TrustedProxies) -> Scheme {
    let said = text(headers, FORWARDED_PROTO).and_then(|value| value.rsplit(',').next());
    if proxies.contains(peer) && said.is_some_and(|said| said.trim() == "https") {
        Scheme::Https
    } else {
        Scheme::Http
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::{FORWARDED_FOR, HeaderMap, TrustedProxies, client_address};

    #[test]
    fn the_rightmost_untrusted_hop_is_the_client() {
        let proxies = TrustedProxies::parse("10.0.0.0/8").unwrap();
        for (peer, forwarded, client) in [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            (
                "10.0.0.1",
                "6.6.6.6, 198.51.100.1, 10.0.0.2",
                "198.51.100.1",
            ),
            ("10.0.0.1", "rubbish", "10.0.0.1"),
            ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED_FOR, forwarded.parse().unwrap());
            let found = client_address(peer.parse().unwrap(), &headers, &proxies);
            assert_eq!(found.to_string(), client, "{peer} for {forwarded}");
        }
    }
}
