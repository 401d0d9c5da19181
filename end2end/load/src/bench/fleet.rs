//! A whole fleet: how it comes back after the server was away, and what it costs in memory.

use std::time::Duration;

use super::line::Line;
use super::stage::Stage;
use crate::failure::Failure;
use crate::player::Player;

/// Three reports of every player.
const LIFE: Duration = Duration::from_secs(45);
const MEMORY: u64 = 120_000_000;
const IN_SYNC: Duration = Duration::from_secs(10);

pub(super) async fn measure(mut stage: Stage, count: usize) -> Result<Vec<Line>, Failure> {
    let fleet = &stage.fleet;
    let mut players = fleet.enrol(&stage.admin, count, &stage.videos).await?;
    fleet.reconnect(&mut players).await;
    fleet.tally.clear();
    stage.neopro.stop().await?;
    stage.neopro.start_again().await?;
    let back = come_back(&stage, &mut players).await;

    stage.fleet.tally.clear();
    stage.fleet.live(&mut players, LIFE).await;
    let memory = stage.neopro.memory().await?;
    let failed = failures(&stage);
    Ok(vec![
        back,
        Line {
            what: format!("memory of the server with {count} connected players"),
            measured: format!("{} MB, {failed} errors", memory / 1_000_000),
            limit: String::new(),
            ratio: None,
            aim: "< 120 MB".to_owned(),
            met: memory < MEMORY && failed == 0,
        },
    ])
}

/// All of them at once, just after the server started: each signs, fetches its state and reports it.
async fn come_back(stage: &Stage, players: &mut [Player]) -> Line {
    for player in players.iter_mut() {
        player.state = None;
    }
    let took = stage.fleet.reconnect(players).await;
    let has_loop = |player: &&Player| {
        let version = player
            .state
            .as_ref()
            .map(|state| state.desired.configuration_version);
        version > Some(0)
    };
    let complete = players.iter().filter(has_loop).count();
    let failed = failures(stage);
    Line {
        what: format!("{} players come back at once: all in sync", players.len()),
        measured: format!("{:.1} s, {failed} errors", took.as_secs_f64()),
        limit: String::new(),
        ratio: None,
        aim: "≤ 10 s, 0 errors".to_owned(),
        met: took <= IN_SYNC && complete == players.len() && failed == 0,
    }
}

/// How many requests failed; says what each kind took.
fn failures(stage: &Stage) -> usize {
    let (failed, example) = stage.fleet.tally.failures();
    eprint!("{}", stage.fleet.table());
    if let Some(example) = example {
        eprintln!("the first of {failed} failures: {example}");
    }
    failed
}
