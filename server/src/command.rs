//! The command line.

pub mod create_admin;
pub mod demo;
pub mod failure;
pub mod help;
pub mod openapi;
pub mod password;
pub mod serve;

use clap::{Parser, Subcommand};
use failure::Failure;

/// NeoPro : les vidéos des sponsors sur les écrans des clubs, et la preuve de leur diffusion.
#[derive(Debug, Parser)]
#[command(name = "neopro", version, after_help = help::VARIABLES, after_long_help = help::VARIABLES,
    disable_help_subcommand = true, help_template = help::TEMPLATE, subcommand_help_heading = "Commandes")]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
    /// Affiche cette aide.
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "Options")]
    help: Option<bool>,
    /// Affiche la version.
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "Options")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Démarre le serveur.
    Serve,
    /// Crée un compte administrateur.
    CreateAdmin(create_admin::Arguments),
    /// Démarre une démonstration complète dans data/demo/ : serveur, club, vidéos et écran.
    Demo(demo::Arguments),
    /// Écrit le document OpenAPI sur la sortie standard.
    Openapi,
}

impl CommandLine {
    /// Does what the arguments ask for.
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Serve => serve::run().await,
            Command::CreateAdmin(arguments) => create_admin::run(arguments).await,
            Command::Demo(arguments) => demo::run(arguments).await,
            Command::Openapi => openapi::run(),
        }
    }
}
