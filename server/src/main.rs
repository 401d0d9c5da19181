//! `neopro`: the command line.

use std::process::ExitCode;

use server::command::CommandLine;

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
