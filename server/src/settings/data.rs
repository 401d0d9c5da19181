//! Database and files.

use std::path::PathBuf;

use secrecy::SecretString;

use super::variables::Variables;

/// Database and files.
#[derive(Clone, Debug)]
pub struct Data {
    /// Read from `NEOPRO_DATA`: where the embedded database and the files live.
    pub folder: PathBuf,
    /// Read from `DATABASE_URL`; absent: SQLite in [`Data::folder`].
    pub database_url: Option<SecretString>,
}

impl Data {
    /// See the fields.
    pub fn read(variables: &mut Variables) -> Self {
        Self {
            folder: variables
                .text("NEOPRO_DATA")
                .unwrap_or_else(|| "data".to_owned())
                .into(),
            database_url: variables.secret(
                "DATABASE_URL",
                "postgresql://utilisateur:motdepasse@serveur:port/base",
                |text| text.starts_with("postgresql://") || text.starts_with("postgres://"),
            ),
        }
    }
}
