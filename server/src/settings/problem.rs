//! What is wrong with the environment, in French: its reader is an operator.

use std::fmt;

use super::catalogue::Variable;

/// One variable that is missing or malformed.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The variable.
    pub variable: &'static Variable,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What is wrong with a variable.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// Production needs it.
    Missing,
    /// This value is not understood; a secret is not repeated.
    Malformed(Option<String>),
    /// A sentence says more.
    Told(&'static str),
}

/// Every variable to correct; never empty.
#[derive(Clone, Debug)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Variable {
            name,
            expected,
            needed,
            ..
        } = self.variable;
        match &self.trouble {
            Trouble::Missing => write!(f, "{name} manque"),
            Trouble::Malformed(Some(value)) => write!(f, "{name} vaut « {value} »"),
            Trouble::Malformed(None) => write!(f, "{name} n’a pas la bonne forme"),
            Trouble::Told(sentence) => write!(f, "{name} {sentence}"),
        }?;
        write!(f, " ; attendu : {expected}")?;
        match needed {
            Some(source) if self.trouble == Trouble::Missing => write!(f, " ; où : {source}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Le serveur ne peut pas démarrer, variables à corriger :")?;
        for problem in &self.0 {
            writeln!(f, "  - {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
