//! What can be asked of the program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand};
use pi_client::settings::{DEFAULT_DATA, DEFAULT_LISTEN, SITE_CONF, server_of_site_conf};
use pi_client::{Settings, SettingsError};

const MEGABYTE: u64 = 1024 * 1024;

/// Le lecteur NeoPro : affiche sur l'écran du club ce qui est publié, et en garde la preuve.
#[derive(Parser)]
#[command(
    name = "neopro-player",
    version,
    args_conflicts_with_subcommands = true
)]
pub struct Invocation {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: Run,
}

/// One thing to do.
#[derive(Subcommand)]
pub enum Command {
    /// Fait tourner le lecteur (par défaut).
    Run(Run),
    /// Imprime les points où un essai peut couper le courant : aucun dans une version publiée.
    #[command(hide = true)]
    Faults,
    /// Imprime le journal des diffusions du lecteur, une ligne JSON par diffusion.
    Journal(Journal),
}

/// How to run.
#[derive(Args)]
pub struct Run {
    /// Adresse du serveur ; sinon la ligne `NEOPRO_SERVER=…` de /etc/neopro/site.conf.
    #[arg(long, env = "NEOPRO_SERVER", value_name = "URL")]
    server: Option<String>,
    /// Dossier de la clé, des vidéos et des diffusions.
    #[arg(long, env = "NEOPRO_PLAYER_DATA", value_name = "DOSSIER", default_value = DEFAULT_DATA)]
    data: PathBuf,
    /// Adresse de la page de l'écran, sur cette machine seulement.
    #[arg(long, env = "NEOPRO_PLAYER_LISTEN", value_name = "ADRESSE", default_value = DEFAULT_LISTEN)]
    listen: SocketAddr,
    /// Réserve de disque, en mégaoctets, rendue quand le disque est plein.
    #[arg(long, env = "NEOPRO_PLAYER_RESERVE_MB", value_name = "MO")]
    reserve_mb: Option<u64>,
    /// Place que les téléchargements laissent libre, en mégaoctets.
    #[arg(long, env = "NEOPRO_PLAYER_KEEP_FREE_MB", value_name = "MO")]
    keep_free_mb: Option<u64>,
    /// Taille maximale du dossier, en mégaoctets ; par défaut celle du disque.
    #[arg(long, env = "NEOPRO_PLAYER_LIMIT_MB", value_name = "MO")]
    limit_mb: Option<u64>,
    /// Secondes dont l'horloge de la machine est décalée : pour les essais.
    #[arg(
        long,
        env = "NEOPRO_PLAYER_CLOCK_SECONDS",
        hide = true,
        allow_hyphen_values = true
    )]
    clock_seconds: Option<i64>,
    /// Secondes entre deux rapports : pour les essais.
    #[arg(long, env = "NEOPRO_PLAYER_REPORT_SECONDS", hide = true)]
    report_seconds: Option<u64>,
}

/// Whose journal to print.
#[derive(Args)]
pub struct Journal {
    /// Dossier du lecteur.
    #[arg(long, env = "NEOPRO_PLAYER_DATA", value_name = "DOSSIER", default_value = DEFAULT_DATA)]
    pub data: PathBuf,
}

impl Invocation {
    /// What to do; to run, when nothing else is asked.
    pub fn command(self) -> Command {
        self.command.unwrap_or(Command::Run(self.run))
    }
}

impl Run {
    /// The settings of the player.
    pub fn settings(self) -> Result<Settings, SettingsError> {
        // An empty variable of a systemd unit is as good as none.
        let named = self.server.filter(|server| !server.trim().is_empty());
        let server = if let Some(server) = named {
            server
        } else {
            let text = std::fs::read_to_string(SITE_CONF).unwrap_or_default();
            let server = server_of_site_conf(&text).ok_or(SettingsError::NoServer)?;
            server.to_owned()
        };
        let mut settings = Settings::new(&server, &self.data)?.listening_on(self.listen)?;
        if let Some(seconds) = self.report_seconds {
            settings.pace.report = Duration::from_secs(seconds.max(1));
        }
        if let Some(megabytes) = self.reserve_mb {
            settings.space.reserve = megabytes.saturating_mul(MEGABYTE);
        }
        if let Some(megabytes) = self.keep_free_mb {
            settings.space.keep_free = megabytes.saturating_mul(MEGABYTE);
        }
        settings.space.limit = self.limit_mb.map(|limit| limit.saturating_mul(MEGABYTE));
        let moved = self.clock_seconds.and_then(TimeDelta::try_seconds);
        settings.clock_moved = moved.unwrap_or_default();
        Ok(settings)
    }
}
