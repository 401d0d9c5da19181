//! Nobody tries out codes: wrong ones are counted for each person.

use std::collections::HashMap;

use api::error::ErrorCode;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

use crate::{Actor, Error, Result};

/// Wrong codes that a person may type within [`WINDOW`].
const WRONG: usize = 10;
/// How long a wrong code counts: the refusal asks to wait a minute.
const WINDOW: TimeDelta = TimeDelta::minutes(1);

/// Wrong codes of the last minute, by person.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, Vec<DateTime<Utc>>>>);

impl Guesses {
    /// Refuses who typed too many wrong codes.
    pub(super) fn admit(&self, actor: &Actor, now: DateTime<Utc>) -> Result<()> {
        let mut wrong = self.0.lock();
        wrong.retain(|_, times| {
            times.retain(|time| now - *time < WINDOW);
            !times.is_empty()
        });
        match wrong.get(&name(actor)) {
            Some(times) if times.len() >= WRONG => Err(Error::refused(ErrorCode::TooManyRequests)),
            _ => Ok(()),
        }
    }

    /// Counts a wrong code.
    pub(super) fn count(&self, actor: &Actor, now: DateTime<Utc>) {
        self.0.lock().entry(name(actor)).or_default().push(now);
    }
}

fn name(actor: &Actor) -> String {
    match actor {
        Actor::Person { id, .. } => id.to_string(),
        Actor::Player { key_id, .. } => key_id.clone(),
        Actor::System => "system".to_owned(),
    }
}
