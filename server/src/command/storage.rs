//! `neopro storage move`: the videos of this machine go into the bucket that takes its place.

use clap::{Args, Subcommand};
use domain::video::Transfer;
use domain::{Actor, Domain};

use super::failure::Failure;
use super::help;
use crate::settings::Settings;
use crate::settings::variables::Variables;
use crate::telemetry;

const MEGABYTE: u64 = 1_000_000;

/// What to do with the stored files.
#[derive(Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Copie dans le bucket les vidéos de ce serveur qui n’y sont pas encore. Interrompue, la commande
    /// se relance et continue ; le dossier reste tel quel.
    #[command(help_template = help::TEMPLATE)]
    Move,
}

/// Copies, and says what became of each video.
pub async fn run(Arguments { what: What::Move }: Arguments) -> Result<(), Failure> {
    let settings = Settings::read(Variables::of_process())?;
    telemetry::start(settings.telemetry);
    if settings.data.bucket.is_none() {
        return Err(Failure::NoBucket);
    }
    let domain = Domain::open(settings.domain()).await?;
    let told = |name: &str, size: u64| println!("{name} ({} Mo)…", size.div_ceil(MEGABYTE));
    let done = domain.videos().transfer(&Actor::System, told).await;
    domain.close().await;
    let done = done?;
    println!(
        "{} vidéos copiées, {} étaient déjà dans le bucket.",
        done.copied, done.present
    );
    lost(&done)
}

fn lost(done: &Transfer) -> Result<(), Failure> {
    if done.missing.is_empty() && done.damaged.is_empty() {
        return Ok(());
    }
    let missing = done
        .missing
        .iter()
        .map(|name| format!("{name} : introuvable"));
    let damaged = done
        .damaged
        .iter()
        .map(|name| format!("{name} : fichier abîmé"));
    Err(Failure::NotMoved(missing.chain(damaged).collect()))
}
