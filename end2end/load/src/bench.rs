//! `make bench`: every figure beside the limit that was measured in the same run.

mod fleet;
mod growth;
mod ingest;
mod line;
mod page;
mod rounds;
mod seed;
mod sqlite;
mod stage;
mod state;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::failure::Failure;
use line::Line;
use stage::Stage;

/// What to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The server's program.
    #[arg(long, default_value = "target/release/neopro")]
    program: PathBuf,
    /// Videos for the library.
    #[arg(long, default_value = "end2end/clips/demo")]
    clips: PathBuf,
    /// Everything simulated comes out the same for the same seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Players that are connected at the same time.
    #[arg(long, default_value_t = 2_000)]
    players: usize,
    /// How far the growth of pages is followed.
    #[arg(long, value_enum, default_value_t = Size::Short)]
    growth: Size,
    /// Only this part.
    #[arg(long, value_enum)]
    only: Option<Part>,
}

/// How far the growth of pages is followed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Size {
    /// Up to 1 000 sites and 1 million plays.
    Short,
    /// Up to 10 000 sites and 10 million plays.
    Full,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Part {
    State,
    Ingest,
    Page,
    Fleet,
    Growth,
}

/// Measures and prints. Fails when an aim is missed.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let mut lines = Vec::new();
    for part in Part::value_variants() {
        if arguments.only.is_none_or(|only| only == *part) {
            eprintln!("» {part:?}");
            let measured = measure(&arguments, *part).await?;
            eprintln!("{}", line::table(&measured));
            lines.extend(measured);
        }
    }
    println!("{}", line::table(&lines));
    let code = if lines.iter().all(|line| line.met) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    Ok(code)
}

/// Each part has a server of its own: what one leaves behind weighs on no other.
async fn measure(arguments: &Arguments, part: Part) -> Result<Vec<Line>, Failure> {
    let stage = Stage::set(&arguments.program, &arguments.clips, arguments.seed).await?;
    match part {
        Part::State => state::measure(stage).await,
        Part::Ingest => ingest::measure(stage).await,
        Part::Page => page::measure(stage).await,
        Part::Fleet => fleet::measure(stage, arguments.players).await,
        Part::Growth => growth::measure(stage, arguments.growth).await,
    }
}
