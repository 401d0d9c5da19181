//! `make bench`: every figure beside the limit that was measured in the same run.

mod base;
mod copy;
mod fleet;
mod growth;
mod ingest;
mod line;
mod page;
mod rounds;
mod seed;
mod sign_in;
mod sites;
mod sqlite;
mod stage;
mod state;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::failure::Failure;
use base::{Base, Postgres};
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
    /// The same on PostgreSQL.
    #[arg(long, default_value_t = 10_000)]
    crowd: usize,
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
    PostgresState,
    PostgresIngest,
    PostgresSignIn,
    PostgresSites,
    PostgresFleet,
}

impl Part {
    /// An empty database of the kind that this part is about.
    async fn base(self) -> Result<Base, Failure> {
        use Part::{PostgresFleet, PostgresIngest, PostgresSignIn, PostgresSites, PostgresState};
        match self {
            PostgresState | PostgresIngest | PostgresSignIn | PostgresSites | PostgresFleet => {
                Ok(Base::Postgres(Postgres::create().await?))
            }
            Self::State | Self::Ingest | Self::Page | Self::Fleet | Self::Growth => {
                Ok(Base::Embedded)
            }
        }
    }
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
    let (program, clips) = (&arguments.program, &arguments.clips);
    let stage = Stage::set(program, clips, arguments.seed, part.base().await?).await?;
    match part {
        Part::State => state::measure(stage).await,
        Part::Ingest => ingest::on_sqlite(stage).await,
        Part::Page => page::measure(stage).await,
        Part::Fleet => fleet::measure(stage, arguments.players, &fleet::SMALL).await,
        Part::Growth => growth::measure(stage, arguments.growth).await,
        Part::PostgresState => state::without_database(stage).await,
        Part::PostgresIngest => ingest::on_postgres(stage).await,
        Part::PostgresSignIn => sign_in::measure(stage).await,
        Part::PostgresSites => sites::measure(stage).await,
        Part::PostgresFleet => fleet::measure(stage, arguments.crowd, &fleet::LARGE).await,
    }
}
