//! What is wrong with the environment, in French: its reader is an operator.

use std::fmt;

/// One malformed variable.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The variable.
    pub variable: &'static str,
    /// Its value, unless it is a secret.
    pub value: Option<String>,
    /// What it should look like.
    pub expected: &'static str,
}

/// Every malformed variable; never empty.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Le serveur ne peut pas démarrer, variables à corriger :")?;
        for problem in &self.0 {
            write!(f, "  - {}", problem.variable)?;
            if let Some(value) = &problem.value {
                write!(f, " vaut « {value} »")?;
            }
            writeln!(f, " ; attendu : {}", problem.expected)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
