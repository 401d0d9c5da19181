//! A player asks for its state and nothing is new: the request that a fleet sends most.

use std::time::Duration;

use api::path;
use http::{HeaderValue, StatusCode, header};
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::query_scalar;
use tokio::time::sleep;

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

/// The same on PostgreSQL, and how many transactions it saw meanwhile.
pub(super) async fn without_database(stage: Stage) -> Result<Vec<Line>, Failure> {
    let fleet = &stage.fleet;
    let players = fleet.enrol(&stage.admin, 1, &stage.videos).await?;
    let question = question(players).await?;
    let mut watcher = stage.base.postgres()?.connect().await?;
    let before = transactions(&mut watcher).await?;
    sleep(TIME).await;
    let alone = transactions(&mut watcher).await? - before;
    let before = transactions(&mut watcher).await?;
    let answers = rate(&fleet.server, &question, CONNECTIONS, TIME).await?;
    // What they did is counted a second later at the latest.
    sleep(Duration::from_secs(2)).await;
    let asked = transactions(&mut watcher).await? - before;
    // The jobs of two more seconds.
    let of_answers = (asked - 2 * alone - 20).max(0);
    Ok(vec![Line {
        what: "transactions of PostgreSQL for 304s".to_owned(),
        measured: format!(
            "{of_answers} for {:.0} answers",
            answers * TIME.as_secs_f64()
        ),
        limit: format!("{alone} of the jobs in {} s", TIME.as_secs()),
        ratio: None,
        aim: "0".to_owned(),
        met: of_answers == 0,
    }])
}

async fn transactions(watcher: &mut PgConnection) -> Result<i64, Failure> {
    let counted = "SELECT xact_commit + xact_rollback FROM pg_stat_database \
                   WHERE datname = current_database()";
    // A transaction of its own sees the figures of its beginning.
    Ok(query_scalar(counted).fetch_one(watcher).await?)
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
