//! The command line.

pub mod backup;
pub mod check;
pub mod config;
pub mod create_admin;
pub mod dashboard;
pub mod demo;
pub mod failure;
pub mod help;
pub mod migrate;
pub mod openapi;
pub mod password;
pub mod secrets;
pub mod serve;
pub mod storage;

use clap::{ArgAction, Parser, Subcommand};
use failure::Failure;

/// NeoPro : les vidéos des sponsors sur les écrans des clubs, et la preuve de leur diffusion.
#[derive(Debug, Parser)]
#[command(
    name = "neopro",
    version,
    after_help = help::after(),
    help_template = help::TEMPLATE,
    subcommand_value_name = "COMMANDE",
    subcommand_help_heading = "Commandes",
    arg_required_else_help = true,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
    /// Affiche cette aide.
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Affiche la version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Démarre le serveur.
    #[command(help_template = help::TEMPLATE)]
    Serve,
    /// Crée un compte administrateur.
    #[command(help_template = help::TEMPLATE)]
    CreateAdmin(create_admin::Arguments),
    /// Démarre une démonstration complète dans data/demo/ : serveur, club, vidéos et écran.
    #[command(help_template = help::TEMPLATE)]
    Demo(demo::Arguments),
    /// Essaie chaque service dont le serveur a besoin et dit quoi corriger.
    #[command(help_template = help::TEMPLATE)]
    Check(check::Arguments),
    /// Affiche chaque réglage et d’où il vient, secrets masqués.
    #[command(help_template = help::TEMPLATE)]
    Config,
    /// Crée des secrets neufs pour les sessions et les codes, et les affiche.
    #[command(help_template = help::TEMPLATE)]
    Secrets,
    /// Met la base de données à jour, ou affiche le SQL qui le fait.
    #[command(help_template = help::TEMPLATE)]
    Migrate(migrate::Arguments),
    /// Copie les vidéos de ce serveur dans le bucket configuré.
    #[command(help_template = help::TEMPLATE)]
    Storage(storage::Arguments),
    /// Écrit le tableau de bord comme des fichiers à téléverser chez un hébergeur.
    #[command(help_template = help::TEMPLATE)]
    Dashboard(dashboard::Arguments),
    /// Écrit la base et les vidéos dans un seul fichier, vérifiable, même pendant que le serveur tourne.
    #[command(help_template = help::TEMPLATE)]
    Backup(backup::Arguments),
    /// Remet une sauvegarde dans une installation vide, après l’avoir vérifiée en entier.
    #[command(help_template = help::TEMPLATE)]
    Restore(backup::RestoreArguments),
    /// Écrit le document OpenAPI sur la sortie standard.
    #[command(help_template = help::TEMPLATE)]
    Openapi,
}

impl CommandLine {
    /// What the arguments of this process ask for; `--help` and `--version` are answered here.
    pub fn read() -> Result<Self, Failure> {
        Self::try_parse().map_err(|error| {
            if help::is_asked_for(&error) {
                error.exit();
            }
            Failure::Arguments(help::refusal(&error))
        })
    }

    /// Does what the arguments ask for.
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Serve => serve::run().await,
            Command::CreateAdmin(arguments) => create_admin::run(arguments).await,
            Command::Demo(arguments) => demo::run(arguments).await,
            Command::Check(arguments) => check::run(arguments).await,
            Command::Config => config::run(),
            Command::Secrets => secrets::run(),
            Command::Migrate(arguments) => migrate::run(arguments).await,
            Command::Storage(arguments) => storage::run(arguments).await,
            Command::Dashboard(arguments) => dashboard::run(&arguments),
            Command::Backup(arguments) => backup::run(arguments).await,
            Command::Restore(arguments) => backup::restore(arguments).await,
            Command::Openapi => openapi::run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::CommandLine;

    #[test]
    fn the_command_line_is_sound() {
        CommandLine::command().debug_assert();
    }
}
