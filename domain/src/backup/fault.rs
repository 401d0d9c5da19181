//! Why a backup is not made, or not put back.

use crate::Error;

/// Why a backup is not made, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// A file of this name is there already.
    #[error("the file exists already")]
    Exists,
    /// The file is no backup, or one of a format that this version does not know.
    #[error("not a backup")]
    Foreign,
    /// The file ends too early.
    #[error("the backup is incomplete")]
    Truncated,
    /// This part of it is not as it was written.
    #[error("{0} is damaged")]
    Damaged(String),
    /// It was made by a program with other tables; its version follows.
    #[error("a backup of version {program}, schema {schema}")]
    Version {
        /// The version of the program that made it.
        program: String,
        /// Its last migration.
        schema: String,
    },
    /// The installation has people, sites or videos.
    #[error("the installation is not empty")]
    NotEmpty,
    /// The database has no such column: it was added by hand where the backup comes from.
    #[error("no column {0}")]
    Column(String),
    /// The backup file cannot be read or written.
    #[error("the file: {0}")]
    File(#[from] std::io::Error),
    /// Database or storage failed.
    #[error(transparent)]
    Failed(Error),
}

impl From<Error> for BackupFault {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sea_orm::DbErr> for BackupFault {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failed(error.into())
    }
}
