use std::time::Duration;

use fred::error::ErrorKind;
use fred::prelude::{ClientLike, Error};

use super::{RedisAddress, connect};

/// Longest look.
const PATIENCE: Duration = Duration::from_secs(5);

/// What keeps a Redis from being reached: each has another remedy.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RedisFault {
    /// No machine has this name.
    UnknownHost,
    /// The machine takes no connections at this port.
    Refused,
    /// Nobody answers, or too late.
    TimedOut,
    /// User and password do not fit.
    Password,
    /// The connection cannot be encrypted, or its certificate is not believed.
    Encryption,
    /// Who answers does not speak as a Redis does; it may want encryption.
    Stranger,
    /// The address or the file of certificates cannot be read.
    Unreadable,
}

/// Connects once, asks for a sign of life and leaves.
///
/// # Errors
/// When there is none.
pub async fn look(address: &RedisAddress) -> Result<(), RedisFault> {
    let mut builder = connect::builder(address).map_err(|_| RedisFault::Unreadable)?;
    builder.with_config(|config| config.fail_fast = true);
    let client = builder.build().map_err(|_| RedisFault::Unreadable)?;
    let asked = async {
        client.init().await?;
        client.ping::<()>(None).await
    };
    let answer = tokio::time::timeout(PATIENCE, asked).await;
    let left = tokio::time::timeout(PATIENCE, client.quit()).await;
    tracing::debug!(left = left.is_ok(), "Redis was looked at");
    answer
        .map_err(|_| RedisFault::TimedOut)?
        .map_err(|error| fault(&error))
}

/// The library keeps no more of a cause than its kind and its words.
fn fault(error: &Error) -> RedisFault {
    let words = error.details();
    match error.kind() {
        ErrorKind::Auth => RedisFault::Password,
        _ if words.contains("WRONGPASS") || words.contains("NOAUTH") => RedisFault::Password,
        ErrorKind::Tls => RedisFault::Encryption,
        _ if words.contains("InvalidCertificate") => RedisFault::Encryption,
        ErrorKind::Timeout => RedisFault::TimedOut,
        _ if words.contains("lookup") || words.contains("resolve") => RedisFault::UnknownHost,
        _ if words.contains("refused") => RedisFault::Refused,
        ErrorKind::IO | ErrorKind::Canceled | ErrorKind::Protocol | ErrorKind::Parse => {
            RedisFault::Stranger
        }
        _ => RedisFault::Refused,
    }
}
