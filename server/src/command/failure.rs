//! Why a command ends early, in French: its reader is an operator.

use std::net::SocketAddr;
use std::process::ExitCode;

use api::error::ApiError;
use domain::DatabaseFault;
use domain::backup::BackupFault;
use leptos::config::errors::LeptosConfigError;

use crate::check::explain;
use crate::settings::problem::Problems;

/// Why a command ends early.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Malformed variables.
    #[error("{0}")]
    Settings(#[from] Problems),
    /// Arguments that do not go together, or an input that is missing.
    #[error("{0}")]
    Arguments(String),
    /// The domain refused or failed.
    #[error("{}", sentences(.0))]
    Refused(ApiError),
    /// The database cannot be reached.
    #[error("{}", explain::database(*.0))]
    Database(DatabaseFault),
    /// `neopro check` found what does not work.
    #[error("{0} problème(s) : le serveur ne fonctionnerait pas comme prévu.")]
    Unwell(usize),
    /// The address is taken or not ours.
    #[error(
        "impossible d’écouter sur {address} : {source}. Changez PORT ou NEOPRO_HOST, ou arrêtez le programme qui l’occupe."
    )]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The dashboard's options are not understood.
    #[error("Leptos.toml n’est pas lisible : {0}")]
    Dashboard(#[from] LeptosConfigError),
    /// A file, or the terminal.
    #[error("{what} : {source}")]
    File {
        /// What could not be done.
        what: String,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing says where the bucket is.
    #[error(
        "aucun bucket n’est configuré : donnez SUPABASE_URL et SUPABASE_SERVICE_KEY, ou S3_ENDPOINT et ses clés."
    )]
    NoBucket,
    /// Some videos are not in the bucket.
    #[error("{} vidéo(s) non copiée(s) :\n  - {}", .0.len(), .0.join("\n  - "))]
    NotMoved(Vec<String>),
    /// A backup is not made, or not put back.
    #[error("{}", explain::backup(.0))]
    Backup(#[from] BackupFault),
    /// Some videos are not in the backup.
    #[error("la sauvegarde est faite, sans {} vidéo(s) dont le fichier manque ou est abîmé :\n  - {}", .0.len(), .0.join("\n  - "))]
    NotSaved(Vec<String>),
    /// Somebody pressed Escape or Ctrl-C at a prompt.
    #[error("abandonné")]
    Abandoned,
    /// The demonstration could not be set up.
    #[error("démonstration : {0}")]
    Demo(String),
}

impl Failure {
    /// 2 where the caller can correct something, else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Settings(_)
            | Self::Arguments(_)
            | Self::NoBucket
            | Self::Backup(BackupFault::Exists | BackupFault::NotEmpty) => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }

    /// Says what `source` kept from being done.
    pub fn file(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        |source| Self::File { what, source }
    }
}

impl From<ApiError> for Failure {
    fn from(refusal: ApiError) -> Self {
        Self::Refused(refusal)
    }
}

impl From<domain::Error> for Failure {
    fn from(error: domain::Error) -> Self {
        match error.database_fault() {
            Some(fault) => Self::Database(fault),
            None => Self::Refused(error.into()),
        }
    }
}

/// The refused inputs say more than the whole.
fn sentences(refusal: &ApiError) -> String {
    if refusal.fields.is_empty() {
        return refusal.message.clone();
    }
    let fields: Vec<_> = refusal
        .fields
        .iter()
        .map(|field| field.message.as_str())
        .collect();
    fields.join("\n")
}
