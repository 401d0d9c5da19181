//! The command line of the player.

mod command;
mod log;

use std::process::ExitCode;

use clap::Parser;
use command::{Command, Invocation};
use pi_client::{Player, Settings, fault, journal};
use tokio::signal::unix::{SignalKind, signal};

/// What the program says before it gives up.
type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Invocation::parse().command() {
        Command::Run(run) => {
            log::start();
            match run.settings() {
                Ok(settings) => play(settings).await,
                Err(error) => Err(error.into()),
            }
        }
        Command::Journal(command) => print_journal(&command).await,
        Command::Faults => {
            println!("{}", fault::points().join("\n"));
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("neopro-player : {error}");
            ExitCode::FAILURE
        }
    }
}

async fn play(settings: Settings) -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = settings.server.clone();
    let mut player = Player::start(settings).await?;
    tracing::info!(
        server = %server.origin().ascii_serialization(),
        page = format!("http://{}/tv", player.local_addr()),
        player.key = player.key_id(),
        "the player runs"
    );
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = player.failed() => return Err("une partie du lecteur s'est arrêtée".into()),
    }
    player.stop().await;
    tracing::info!("the player stopped");
    Ok(())
}

async fn print_journal(command: &command::Journal) -> Result<(), Failure> {
    print!("{}", journal::read(&command.data).await?);
    Ok(())
}
