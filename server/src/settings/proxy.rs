//! Which proxies may say whom they speak for.

use std::net::IpAddr;

use ipnet::IpNet;

/// Names the proxies of Render in `TRUSTED_PROXIES`.
pub const RENDER: &str = "render";

/// Render reaches a service from private addresses, and puts Cloudflare in front of itself.
/// Source: <https://www.cloudflare.com/ips/>, unchanged since 2021.
const RENDER_NETWORKS: &str = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,127.0.0.0/8,\
173.245.48.0/20,103.21.244.0/22,103.22.200.0/22,103.31.4.0/22,141.101.64.0/18,108.162.192.0/18,\
190.93.240.0/20,188.114.96.0/20,197.234.240.0/22,198.41.128.0/17,162.158.0.0/15,104.16.0.0/13,\
104.24.0.0/14,172.64.0.0/13,131.0.72.0/22,2400:cb00::/32,2606:4700::/32,2803:f800::/32,\
2405:b500::/32,2405:8100::/32,2a06:98c0::/29,2c0f:f248::/32";

/// Networks of proxies whose `X-Forwarded-*` headers are believed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Addresses and networks separated by commas, or `render`; none when one is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = if text.eq_ignore_ascii_case(RENDER) {
            RENDER_NETWORKS
        } else {
            text
        };
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                part.parse()
                    .or_else(|_| part.parse().map(IpAddr::into))
                    .ok()
            })
            .collect::<Option<_>>()
            .map(Self)
    }

    /// Whether a hop is a proxy of ours.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use super::{RENDER, TrustedProxies};

    #[test]
    fn addresses_and_networks_are_understood() {
        let proxies = TrustedProxies::parse("10.0.0.0/8, 192.168.1.5,fd00::/8").unwrap();
        for (address, trusted) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("192.168.1.5", true),
            ("192.168.1.6", false),
            ("fd00::1", true),
        ] {
            assert_eq!(
                proxies.contains(address.parse().unwrap()),
                trusted,
                "{address}"
            );
        }
        assert_eq!(TrustedProxies::parse("10.0.0.0/8,proxy"), None);
        assert!(TrustedProxies::parse(RENDER).is_some());
    }
}
