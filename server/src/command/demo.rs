//! `neopro demo`

use clap::Args;

use super::failure::Failure;

/// Arguments.
#[derive(Args, Debug)]
pub struct Arguments {}

/// Runs.
pub async fn run(_arguments: Arguments) -> Result<(), Failure> {
    Ok(())
}
