//! `neopro demo`: the whole circle on one machine. A real club, real clips, and a real player
//! that is linked by the code it shows.

mod club;
mod key;
mod player;
mod tv;

use std::future::pending;
use std::path::{Path, PathBuf};

use clap::Args;
use domain::Domain;
use secrecy::ExposeSecret;
use tokio::sync::oneshot;

use super::failure::Failure;
use crate::settings::Settings;
use crate::settings::mode::Mode;
use crate::settings::variables::Variables;
use crate::shutdown::Order;
use crate::{serve, shutdown, telemetry};
use club::Club;
use player::TrialPlayer;

/// Everything that the demonstration keeps.
const DATA: &str = "data/demo";

/// Where the demonstration finds its parts.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Le programme neopro-player ; par défaut celui qui est à côté de neopro.
    #[arg(long, value_name = "FICHIER")]
    player: Option<PathBuf>,
    /// Les vidéos (*.mp4) et leurs vignettes (*.jpg).
    #[arg(long, value_name = "DOSSIER", default_value = "end2end/clips/demo")]
    clips: PathBuf,
}

/// Runs server and player until SIGTERM or SIGINT.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let settings = settings()?;
    telemetry::start(settings.telemetry);
    let program = match arguments.player {
        Some(program) => program,
        None => beside_this_program()?,
    };
    let domain = Domain::open(settings.domain()).await?;
    let shown = show(&domain, settings, &program, &arguments.clips).await;
    domain.close().await;
    shown
}

/// Only port and logs come from the environment: the demonstration shall not touch, and not be
/// mistaken for, anything that somebody relies on.
fn settings() -> Result<Settings, Failure> {
    let mut variables = Variables::of_process();
    if variables.text("DATABASE_URL").is_some() || Mode::read(&mut variables) == Mode::Production {
        return Err(Failure::Arguments(
            "la démonstration se refuse avec NODE_ENV=production ou DATABASE_URL : elle ne doit pas toucher de vraies données".to_owned(),
        ));
    }
    variables.keep(&["PORT", "LOG_LEVEL", "LOG_FORMAT"]);
    variables.set_default("NEOPRO_DATA", DATA);
    variables.set_default("NEOPRO_HOST", "127.0.0.1");
    Ok(Settings::read(variables)?)
}

fn beside_this_program() -> Result<PathBuf, Failure> {
    let this = std::env::current_exe().map_err(Failure::file("recherche de neopro-player"))?;
    Ok(this.with_file_name("neopro-player"))
}

async fn show(
    domain: &Domain,
    settings: Settings,
    program: &Path,
    clips: &Path,
) -> Result<(), Failure> {
    let interrupted = shutdown::requested()?;
    let server = format!("http://localhost:{}", settings.http.port);
    let data = settings.data.folder.clone();
    let password = key::password(&data)?;
    let club = Club::prepare(domain, &password, clips).await?;

    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move {
        // A dropped sender asks to stop as well.
        let _ = stopped.await;
        Order::Interrupt
    };
    let mut serving = tokio::spawn(serve::until(domain.clone(), settings, stopped));
    let mut player = TrialPlayer::start(program, &server, &data.join("player"))?;
    let linked = async {
        club.link(domain).await?;
        club.sign_out(domain).await?;
        println!("{}", welcome(&server, password.expose_secret()));
        pending::<Result<(), Failure>>().await
    };
    let ended = tokio::select! {
        failed = linked => failed,
        _ = interrupted => Ok(()),
        ended = player.ended() => Err(ended),
        done = &mut serving => return joined(done),
    };
    player.stop().await;
    drop(stop);
    joined(serving.await)?;
    ended
}

fn joined(served: Result<Result<(), Failure>, tokio::task::JoinError>) -> Result<(), Failure> {
    served.unwrap_or_else(|broken| Err(Failure::Demo(broken.to_string())))
}

fn welcome(server: &str, password: &str) -> String {
    format!(
        "\n  NeoPro est prêt.\n\n    \
         Tableau de bord   {server}\n    \
         Connexion         {email}   {password}\n    \
         Écran du club     {tv}   (gardez-le visible : ce que personne ne voit ne compte pas)\n\n  \
         Ctrl-C arrête tout. Les données restent dans {DATA}/.\n",
        email = club::EMAIL,
        tv = tv::PAGE,
    )
}
