//! `neopro migrate`: the tables, created by the server itself or as SQL to paste.

use clap::{Args, ValueEnum};
use domain::{Domain, Script};

use super::failure::Failure;
use crate::settings::Settings;
use crate::settings::variables::Variables;
use crate::telemetry;

/// What is wanted instead of a migration.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Affiche le SQL au lieu de l’exécuter : init-db, analytics-tables ou les deux.
    #[arg(long, value_name = "FICHIER", num_args = 0..=1, default_missing_value = "all")]
    sql: Option<File>,
}

/// A file of the deployment guide.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum File {
    InitDb,
    AnalyticsTables,
    All,
}

impl File {
    fn scripts(self) -> &'static [Script] {
        match self {
            Self::InitDb => &[Script::Base],
            Self::AnalyticsTables => &[Script::Analytics],
            Self::All => &[Script::Base, Script::Analytics],
        }
    }
}

/// Migrates, or prints.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.sql {
        Some(file) => {
            for script in file.scripts() {
                println!("{}", script.text());
            }
            Ok(())
        }
        None => migrate().await,
    }
}

async fn migrate() -> Result<(), Failure> {
    let settings = Settings::read(Variables::of_process())?;
    telemetry::start(settings.telemetry);
    Domain::migrate(&settings.domain()).await?;
    println!("La base de données est à jour.");
    Ok(())
}
