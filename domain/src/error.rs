//! What can go wrong, and what a caller is told of it.

use api::error::{ApiError, ErrorCode};
use api::permission::Permission;

use crate::database::DatabaseFault;

/// The result of every verb.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The actor lacks a permission.
    #[error("{0:?} is not allowed")]
    Forbidden(Permission),
    /// A rule refused the request; the caller is told so as it is.
    #[error("refused: {0}")]
    Refused(ApiError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sea_orm::DbErr),
    /// A file could not be read or written.
    #[error("the storage failed")]
    Storage(#[from] std::io::Error),
    /// An invariant is broken; the text is for the log.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A refusal that needs no more than its code.
    pub fn refused(code: ErrorCode) -> Self {
        Self::Refused(ApiError::new(code))
    }

    /// Why the database could not be reached, where that is what went wrong.
    pub fn database_fault(&self) -> Option<DatabaseFault> {
        match self {
            Self::Database(error) => DatabaseFault::of(error),
            _ => None,
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

/// What the caller may know. Internal causes are logged here, once.
impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Forbidden(_) => ErrorCode::Forbidden,
            Error::Refused(refusal) => return refusal.clone(),
            Error::Storage(cause) if cause.kind() == std::io::ErrorKind::StorageFull => {
                ErrorCode::StorageFull
            }
            Error::Database(_) | Error::Storage(_) => ErrorCode::Unavailable,
            Error::Internal(_) => ErrorCode::Internal,
        };
        if code.status().is_server_error() {
            tracing::error!(error = %chain(&error), "request failed");
        }
        ApiError::new(code)
    }
}

/// An error and its causes.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
