//! `neopro check`: is everything there that the server needs?

use clap::Args;

use super::failure::Failure;
use crate::check::{self, Finding, State};
use crate::settings::Settings;
use crate::settings::variables::Variables;

/// How the answer is written.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Écrit le résultat en JSON, pour un programme.
    #[arg(long)]
    json: bool,
}

/// Prints what was found; fails where something does not work.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::read(Variables::of_process());
    let found = match &settings {
        Ok(settings) => check::everything(settings).await,
        Err(problems) => check::variables(problems),
    };
    if arguments.json {
        println!("{}", serde_json::json!({ "checks": found }));
    } else if settings.is_ok() {
        print!("{}", found.iter().map(line).collect::<String>());
    }
    settings?;
    let failed = found
        .iter()
        .filter(|finding| finding.state == State::Failed);
    match failed.count() {
        0 => Ok(()),
        failed => Err(Failure::Unwell(failed)),
    }
}

fn line(finding: &Finding) -> String {
    let mark = match finding.state {
        State::Ok => "ok       ",
        State::Warning => "attention",
        State::Failed => "ERREUR   ",
    };
    let head = format!("  {mark}  {} : {}\n", finding.part, finding.message);
    let advice = finding.advice.iter();
    let lines = advice.map(|advice| format!("             → {advice}\n"));
    std::iter::once(head).chain(lines).collect()
}
