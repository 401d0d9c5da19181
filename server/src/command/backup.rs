//! `neopro backup` and `neopro restore`: the whole installation in one file, and back.

use std::path::PathBuf;

use clap::Args;
use domain::Settings as DomainSettings;
use domain::backup::{self, Manifest, Progress};
use tracing::level_filters::LevelFilter;

use super::failure::Failure;
use crate::settings::Settings;
use crate::settings::telemetry::Telemetry;
use crate::settings::variables::Variables;
use crate::telemetry;

const MEGABYTE: u64 = 1_000_000;

/// What to save, or to verify.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Le fichier à écrire ; il ne doit pas exister.
    #[arg(value_name = "FICHIER")]
    file: PathBuf,
    /// Relit une sauvegarde et vérifie chaque empreinte, sans rien écrire.
    #[arg(long)]
    verify: bool,
}

/// What to put back.
#[derive(Args, Debug)]
pub struct RestoreArguments {
    /// La sauvegarde.
    #[arg(value_name = "FICHIER")]
    file: PathBuf,
}

/// Saves, or verifies.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let file = arguments.file;
    if arguments.verify {
        let manifest = backup::verify(&file, tell).await?;
        println!("La sauvegarde est intacte : {}.", contents(&manifest));
        return Ok(());
    }
    let manifest = backup::create(&settings()?, &file, tell).await?;
    println!(
        "Sauvegardé dans {} : {}.",
        file.display(),
        contents(&manifest)
    );
    if manifest.lost.is_empty() {
        Ok(())
    } else {
        Err(Failure::NotSaved(manifest.lost))
    }
}

/// Puts back.
pub async fn restore(arguments: RestoreArguments) -> Result<(), Failure> {
    let manifest = backup::restore(&settings()?, &arguments.file, tell).await?;
    println!(
        "Restauré : {}. Démarrez le serveur : les comptes et les écrans sont ceux de la sauvegarde.",
        contents(&manifest)
    );
    Ok(())
}

/// Standard output is for the outcome; only what is wrong may stand beside it.
fn settings() -> Result<DomainSettings, Failure> {
    let settings = Settings::read(Variables::of_process())?;
    telemetry::start(Telemetry {
        level: settings.telemetry.level.min(LevelFilter::WARN),
        ..settings.telemetry
    });
    Ok(settings.domain())
}

fn tell(progress: Progress<'_>) {
    match progress {
        Progress::Table(name) => eprintln!("table {name}…"),
        Progress::Object { number, of, size } => {
            let of = if of == 0 {
                String::new()
            } else {
                format!("/{of}")
            };
            eprintln!("fichier {number}{of} ({} Mo)…", size.div_ceil(MEGABYTE));
        }
    }
}

fn contents(manifest: &Manifest) -> String {
    format!(
        "{} lignes, {} fichiers ({} Mo), du {} (UTC)",
        manifest.rows(),
        manifest.objects.len(),
        manifest.bytes().div_ceil(MEGABYTE),
        manifest.made_at.format("%d/%m/%Y à %H:%M")
    )
}
