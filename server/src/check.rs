//! The doctor behind `neopro check`: tries each dependency as the server would and says what is wrong
//! in the words of the deployment guide's troubleshooting. French: its reader is an operator.

mod addresses;
mod bucket;
mod database;
pub mod explain;
mod folder;
mod messages;
mod redis;
mod supabase;

use domain::Domain;
use serde::Serialize;

use crate::settings::Settings;
use crate::settings::mode::Mode;
use crate::settings::problem::{Problem, Problems};

/// How a part is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and something should be changed.
    Warning,
    /// It does not work.
    Failed,
}

/// What was found of one part.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Finding {
    /// Which part.
    pub part: &'static str,
    /// How it is.
    pub state: State,
    /// In one sentence.
    pub message: String,
    /// What to do, one sentence each.
    pub advice: Vec<String>,
}

impl Finding {
    fn new(part: &'static str, state: State, message: impl Into<String>) -> Self {
        Self {
            part,
            state,
            message: message.into(),
            advice: Vec::new(),
        }
    }

    fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }

    /// At least this bad.
    fn at_least(mut self, state: State) -> Self {
        if self.state == State::Ok {
            self.state = state;
        }
        self
    }
}

/// Variables that are missing or malformed: nothing else can be tried.
pub fn variables(problems: &Problems) -> Vec<Finding> {
    let finding =
        |problem: &Problem| Finding::new(problem.variable.name, State::Failed, problem.to_string());
    problems.0.iter().map(finding).collect()
}

/// Tries everything that these settings name; takes half a minute at most.
pub async fn everything(settings: &Settings) -> Vec<Finding> {
    let domain = settings.domain();
    let (database, redis, storage) = tokio::join!(
        Box::pin(database::check(&settings.data, Domain::look(&domain))),
        Box::pin(redis::check(settings.data.redis.as_ref())),
        Box::pin(bucket::check(settings.data.bucket.as_ref())),
    );
    let mut found = vec![database];
    found.extend(redis);
    found.extend(storage);
    found.extend(Box::pin(messages::check(&settings.messages)).await);
    found.push(folder::check(&settings.data.folder).await);
    if settings.mode == Mode::Production {
        found.push(addresses::check(&settings.origins));
    }
    found
}
