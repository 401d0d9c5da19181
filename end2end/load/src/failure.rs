//! Why a simulated client or a measure could not go on.

use api::error::ErrorCode;
use http::StatusCode;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The network or the disk.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The HTTP connection.
    #[error("connection: {0}")]
    Http(#[from] hyper::Error),
    /// The server refused, or answered what the contract does not say.
    #[error("{path} answered {status} {code:?}")]
    Refused {
        /// What was asked.
        path: String,
        /// With what status.
        status: StatusCode,
        /// For which reason.
        code: ErrorCode,
    },
    /// An answer that cannot be read.
    #[error("an answer cannot be read: {0}")]
    Answer(#[from] serde_json::Error),
    /// The database that a measure compares with.
    #[error("database: {0}")]
    Database(#[from] sea_orm::SqlxError),
    /// Something did not come about.
    #[error("{0}")]
    Unmet(String),
}

impl Failure {
    /// Something that was waited for did not come about.
    pub(crate) fn unmet(what: impl Into<String>) -> Self {
        Self::Unmet(what.into())
    }
}
