//! Reads variables and collects what is wrong with them.

use std::collections::HashMap;

use secrecy::SecretString;

use super::catalogue::{self, ALL, Shown, Variable};
use super::problem::{Problem, Problems, Trouble};

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

    /// A value that `parse` understands; a problem otherwise.
    pub fn parsed<T>(
        &mut self,
        variable: &'static Variable,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.text(variable.name)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            let told = (variable.shown == Shown::Whole).then_some(value);
            self.refuse(variable, Trouble::Malformed(told));
        }
        parsed
    }

    /// A secret that `accepts`; a problem otherwise.
    pub fn secret(
        &mut self,
        variable: &'static Variable,
        accepts: impl FnOnce(&str) -> bool,
    ) -> Option<SecretString> {
        self.parsed(variable, |text| accepts(text).then(|| text.into()))
    }

    /// Adds a problem of `variable`.
    pub fn refuse(&mut self, variable: &'static Variable, trouble: Trouble) {
        self.problems.push(Problem { variable, trouble });
    }

    /// Adds a problem for every variable that production needs and that is absent.
    pub fn demand_production(&mut self) {
        let needed = ALL.into_iter().filter(|variable| variable.needed.is_some());
        // Another object store takes the place of the guide's.
        let is_replaced = |name: &str| {
            name.starts_with("SUPABASE_") && self.text(catalogue::S3_ENDPOINT.name).is_some()
        };
        let missing: Vec<_> = needed
            .filter(|variable| self.text(variable.name).is_none() && !is_replaced(variable.name))
            .collect();
        for variable in missing {
            self.refuse(variable, Trouble::Missing);
        }
    }

    /// Every problem met, if any, in the order of the help.
    pub fn finish(mut self) -> Result<(), Problems> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let place = |problem: &Problem| {
            ALL.iter()
                .position(|known| known.name == problem.variable.name)
        };
        self.problems.sort_by_key(place);
        Err(Problems(self.problems))
    }
}
