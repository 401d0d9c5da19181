//! What clap does not say, or not in French.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::settings::catalogue::{ALL, Variable};

/// Order and headings of the help.
pub const TEMPLATE: &str = "{about}\n\nUsage : {usage}\n\n{all-args}{after-help}";

/// Every variable that the server reads, and what exit codes mean.
pub fn after() -> String {
    let width = ALL
        .iter()
        .map(|variable| variable.name.len())
        .max()
        .unwrap_or(0);
    let line = |variable: &Variable| {
        let (name, meaning) = (variable.name, variable.meaning);
        let absent = match variable.absent {
            "" => String::new(),
            absent => format!(" [{absent}]"),
        };
        format!("  {name:width$}  {meaning}{absent}\n")
    };
    let lines: String = ALL.into_iter().map(line).collect();
    format!(
        "Variables d’environnement :\n{lines}\n\
         Codes de sortie : 0 tout va bien ; 1 échec ; 2 arguments ou variables à corriger."
    )
}

/// Whether clap wants to show the help or the version rather than a complaint.
pub fn is_asked_for(error: &Error) -> bool {
    let forgotten = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    !error.use_stderr() || error.kind() == forgotten
}

/// Arguments that are not understood, in one sentence.
pub fn refusal(error: &Error) -> String {
    let named = [
        ContextKind::InvalidSubcommand,
        ContextKind::InvalidArg,
        ContextKind::InvalidValue,
    ]
    .into_iter()
    .find_map(|kind| match error.get(kind)? {
        ContextValue::String(text) => Some(format!(" : {text}")),
        ContextValue::Strings(texts) => Some(format!(" : {}", texts.join(", "))),
        _ => None,
    });
    format!(
        "arguments non compris{}\nVoir « neopro --help ».",
        named.unwrap_or_default()
    )
}
