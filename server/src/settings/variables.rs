//! Reads variables and collects what is wrong with them.

use std::collections::HashMap;

use secrecy::SecretString;

use super::problem::{Problem, Problems};

/// A snapshot of the environment.
#[derive(Debug, Default)]
pub struct Variables {
    values: HashMap<String, String>,
    problems: Vec<Problem>,
}

impl Variables {
    /// The environment of this process.
    pub fn of_process() -> Self {
        let values = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            values,
            problems: Vec::new(),
        }
    }

    /// Exactly these variables.
    pub fn of(values: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            values: values.iter().map(own).collect(),
            problems: Vec::new(),
        }
    }

    /// Sets a variable that is absent.
    pub fn set_default(&mut self, name: &str, value: &str) {
        if self.text(name).is_none() {
            self.values.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Forgets every other variable.
    pub fn keep(&mut self, names: &[&str]) {
        self.values.retain(|name, _| names.contains(&name.as_str()));
    }

    /// A trimmed value; an empty one is absent.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.values.get(name)?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// A value that `parse` understands; a problem that names what was `expected` otherwise.
    pub fn parsed<T>(
        &mut self,
        variable: &'static str,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.text(variable)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            self.problems.push(Problem {
                variable,
                value: Some(value),
                expected,
            });
        }
        parsed
    }

    /// A secret that `accepts`; its value never appears in a problem.
    pub fn secret(
        &mut self,
        variable: &'static str,
        expected: &'static str,
        accepts: impl FnOnce(&str) -> bool,
    ) -> Option<SecretString> {
        let value = self.text(variable)?;
        if accepts(&value) {
            return Some(value.into());
        }
        self.problems.push(Problem {
            variable,
            value: None,
            expected,
        });
        None
    }

    /// Every problem met, if any.
    pub fn finish(self) -> Result<(), Problems> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Problems(self.problems))
        }
    }
}
