//! A player asks for its state and nothing is new: the request that a fleet sends most.

use std::time::Duration;

use api::path;
use http::{HeaderValue, StatusCode, header};

use super::line::Line;
use super::rounds::Rounds;
use super::stage::Stage;
use crate::failure::Failure;
use crate::generator::{Question, rate};
use crate::player::Player;
use crate::process;

pub(super) const CONNECTIONS: usize = 32;
const TIME: Duration = Duration::from_secs(3);
const ROUNDS: usize = 5;
const AIM: f64 = 0.6;

pub(super) async fn measure(stage: Stage) -> Result<Vec<Line>, Failure> {
    let fleet = &stage.fleet;
    let players = fleet.enrol(&stage.admin, 1, &stage.videos).await?;
    let question = question(players).await?;
    let (bare, _process) = process::bare().await?;
    let rounds = Rounds::take(
        ROUNDS,
        async || rate(&fleet.server, &question, CONNECTIONS, TIME).await,
        async || rate(&bare, &question, CONNECTIONS, TIME).await,
    );
    let rounds = rounds.await?;
    Ok(vec![Line {
        what: "state of a player, nothing new (304)".to_owned(),
        measured: format!("{:.0}/s", rounds.ours()),
        limit: format!("{:.0}/s, bare handler", rounds.limit()),
        ratio: Some(rounds.ratio()),
        aim: format!("≥ {AIM}"),
        met: rounds.ratio() >= AIM,
    }])
}

/// What a player asks that has its state already.
async fn question(players: Vec<Player>) -> Result<Question, Failure> {
    let mut player = players.into_iter().next();
    let player = player.as_mut().ok_or(Failure::unmet("no player"))?;
    player.begin().await?;
    let mut headers = player.headers();
    let etag = player.state.as_ref().map_or("", |state| &state.etag);
    let etag = HeaderValue::try_from(etag).map_err(|_| Failure::unmet("an odd ETag"))?;
    headers.insert(header::IF_NONE_MATCH, etag);
    Ok(Question {
        path: path::STATE.to_owned(),
        headers,
        expected: StatusCode::NOT_MODIFIED,
    })
}
