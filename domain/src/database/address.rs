//! What a database's address says, beyond where it is.

use url::{Host, Url};

use crate::error::{Error, Result};

/// Supabase's port for its transaction pooler.
const POOLER_PORT: u16 = 6543;

/// A PostgreSQL address in the form that the driver takes.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Address {
    pub(super) url: String,
    pub(super) door: Door,
    pub(super) distance: Distance,
}

/// What stands behind the address, as far as it tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Door {
    /// Nothing says that there is a pooler.
    Unknown,
    /// A pooler that hands out server connections by transaction.
    Pooler,
}

/// Whether the connection leaves the machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Distance {
    /// A socket or a loopback address.
    Local,
    /// Another machine: only encrypted.
    Remote,
}

impl Address {
    /// Reads a `DATABASE_URL`. The error never repeats it: it has a password.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let refusal = || Error::Internal("DATABASE_URL is not a postgresql:// address".to_owned());
        let mut url = Url::parse(text.trim()).map_err(|_| refusal())?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(refusal());
        }
        // Prisma's hint, which is no option of PostgreSQL.
        let (hints, options): (Vec<_>, Vec<_>) = url
            .query_pairs()
            .into_owned()
            .partition(|(key, _)| key == "pgbouncer");
        let hinted = hints.iter().any(|(_, value)| value == "true");
        url.set_query(None);
        if !options.is_empty() {
            url.query_pairs_mut().extend_pairs(options);
        }
        let door = if hinted || url.port() == Some(POOLER_PORT) {
            Door::Pooler
        } else {
            Door::Unknown
        };
        Ok(Self {
            distance: distance(&url),
            door,
            // The driver knows this spelling of the scheme only.
            url: url.as_str().replacen("postgresql://", "postgres://", 1),
        })
    }
}

fn distance(url: &Url) -> Distance {
    let is_socket = |host: &str| host.to_ascii_lowercase().starts_with("%2f");
    let local = match url.host() {
        None => true,
        Some(Host::Domain(name)) => match name.parse::<std::net::IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => name == "localhost" || is_socket(name),
        },
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
    };
    if local {
        Distance::Local
    } else {
        Distance::Remote
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Distance, Door};

    fn parse(text: &str) -> (String, Door, Distance) {
        let address = Address::parse(text).unwrap();
        (address.url, address.door, address.distance)
    }

    #[test]
    fn the_hint_of_a_pooler_is_understood_and_not_passed_on() {
        let address =
            parse("postgresql://u:p%40x@db.example:5432/neopro?pgbouncer=true&sslmode=require");
        let url = "postgres://u:p%40x@db.example:5432/neopro?sslmode=require".to_owned();
        assert_eq!(address, (url, Door::Pooler, Distance::Remote));
    }

    #[test]
    fn supabases_pooler_is_known_by_its_port() {
        let (_, door, _) = parse("postgres://u:p@aws-0-eu.pooler.supabase.com:6543/postgres");
        assert_eq!(door, Door::Pooler);
    }

    #[test]
    fn what_stays_on_the_machine_is_local() {
        for text in [
            "postgres://u@localhost/x",
            "postgres://u@127.0.0.1:1/x",
            "postgres://u@[::1]/x",
        ] {
            assert_eq!(parse(text).2, Distance::Local, "{text}");
        }
        assert_eq!(parse("postgres://u@10.0.0.7/x").2, Distance::Remote);
    }

    #[test]
    fn a_refused_address_is_not_repeated() {
        let refusal = Address::parse("mysql://root:secret@db/x")
            .unwrap_err()
            .to_string();
        assert!(!refusal.contains("secret"), "{refusal}");
    }
}
