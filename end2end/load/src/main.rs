//! `neopro-load`: many players over the real protocol in one process, and the figures that
//! `make bench` prints. It knows the product by its doors alone: HTTP, the command line, and for
//! comparisons the schema of the embedded database.

mod admin;
mod bare;
mod bench;
mod chance;
mod connection;
mod failure;
mod fleet;
mod generator;
mod key;
mod player;
mod plays;
mod process;
mod table;
mod tally;

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;

/// Charge et mesures de NeoPro.
#[derive(Parser)]
#[command(name = "neopro-load")]
enum Command {
    /// Simulates players of a running server for a while.
    Players(fleet::Arguments),
    /// Measures a server of its own and prints the table.
    Bench(bench::Arguments),
    /// Answers 304 to everything: the bare handler that measures compare with.
    Bare {
        /// Where to listen.
        #[arg(long)]
        listen: SocketAddr,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Players(arguments) => fleet::run(arguments).await,
        Command::Bench(arguments) => bench::run(arguments).await,
        Command::Bare { listen } => bare::serve(listen).await,
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("neopro-load: {failure}");
            ExitCode::FAILURE
        }
    }
}
