//! Why a database cannot be reached, as far as its driver tells.

use std::io::ErrorKind;

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// What keeps a database from being reached: each has another remedy.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum DatabaseFault {
    /// No machine has this name.
    UnknownHost,
    /// The machine takes no connections at this port.
    Refused,
    /// Nobody answers, or too late.
    TimedOut,
    /// User and password do not fit.
    Password,
    /// The server has no such database, or its pooler no such project.
    UnknownDatabase,
    /// The connection cannot be encrypted as asked for.
    Encryption,
}

/// How Supavisor, `PgBouncer` and the server behind it say that there is no such database.
const UNKNOWN: [&str; 3] = [
    "Tenant or user not found",
    "no such database",
    "does not exist",
];

/// How they say that a password is wrong: in clear or hashed, and by SCRAM.
const WRONG: [&str; 2] = [
    "password authentication failed",
    "SASL authentication failed",
];

/// Codes under which poolers say what they have no code for: a protocol violation, an internal error.
const POOLER: &str = "08P01";
const INTERNAL: &str = "XX000";

impl DatabaseFault {
    /// What an error tells; nothing where the database was reached and refused something else.
    pub(crate) fn of(error: &DbErr) -> Option<Self> {
        let (DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))) = error
        else {
            return None;
        };
        match error.as_ref() {
            SqlxError::Io(cause) => match cause.kind() {
                ErrorKind::ConnectionRefused => Some(Self::Refused),
                ErrorKind::TimedOut
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable => Some(Self::TimedOut),
                // The standard library gives failed look-ups no kind of their own.
                _ if cause.to_string().contains("lookup") => Some(Self::UnknownHost),
                _ => Some(Self::Refused),
            },
            SqlxError::PoolTimedOut => Some(Self::TimedOut),
            SqlxError::Tls(_) => Some(Self::Encryption),
            SqlxError::Database(refusal) => {
                Self::of_code(&refusal.code().unwrap_or_default(), refusal.message())
            }
            _ => None,
        }
    }

    /// Codes of <https://www.postgresql.org/docs/current/errcodes-appendix.html>; poolers use few of
    /// them and say the rest in words.
    fn of_code(code: &str, message: &str) -> Option<Self> {
        match code {
            "28P01" | "28000" => Some(Self::Password),
            "3D000" => Some(Self::UnknownDatabase),
            POOLER | INTERNAL if UNKNOWN.iter().any(|words| message.contains(words)) => {
                Some(Self::UnknownDatabase)
            }
            POOLER | INTERNAL if WRONG.iter().any(|words| message.contains(words)) => {
                Some(Self::Password)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseFault;

    #[test]
    fn poolers_are_understood_by_their_words() {
        let of = |message| DatabaseFault::of_code("XX000", message);
        assert_eq!(
            of("Tenant or user not found"),
            Some(DatabaseFault::UnknownDatabase)
        );
        assert_eq!(
            of("no such database: neopro"),
            Some(DatabaseFault::UnknownDatabase)
        );
        for refusal in [
            "password authentication failed",
            "SASL authentication failed",
        ] {
            assert_eq!(of(refusal), Some(DatabaseFault::Password), "{refusal}");
        }
        assert_eq!(of("server is on fire"), None);
        let missing_table = DatabaseFault::of_code("42P01", "relation \"changes\" does not exist");
        assert_eq!(missing_table, None);
    }
}
