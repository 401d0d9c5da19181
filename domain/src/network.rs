//! Networks: what quotas of strangers are counted by.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The network of an address: the first 24 bits of IPv4, the first 48 of IPv6.
pub(crate) fn of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let network = Ipv4Addr::from_bits(address.to_bits() & (!0 << 8));
            format!("{network}/24")
        }
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & (!0 << 80));
            format!("{network}/48")
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn neighbours_share_a_network() {
        for (address, network) in [
            ("192.168.1.77", "192.168.1.0/24"),
            ("::ffff:192.168.1.77", "192.168.1.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ] {
            assert_eq!(super::of(address.parse().unwrap()), network);
        }
    }
}
