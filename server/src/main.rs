//! `neopro`: the command line.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use server::command::CommandLine;

/// Pages are made of very many small pieces: half of the time that one took went to the system's
/// allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match CommandLine::read() {
        Ok(command) => command.run().await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.exit_code()
        }
    }
}
