//! A whole fleet: how it comes back after the server was away, and what it costs in memory.

use std::time::Duration;

use super::line::Line;
use super::stage::Stage;
use crate::failure::Failure;
use crate::player::Player;

/// Three reports of every player.
const LIFE: Duration = Duration::from_secs(45);

/// What is aimed at.
pub(super) struct Aim {
    /// Megabytes.
    memory: u64,
    in_sync: Duration,
}

/// A fleet on the embedded database.
pub(super) const SMALL: Aim = Aim {
    memory: 120,
    in_sync: Duration::from_secs(10),
};
/// One on PostgreSQL.
pub(super) const LARGE: Aim = Aim {
    memory: 400,
    in_sync: Duration::from_secs(30),
};

pub(super) async fn measure(
    mut stage: Stage,
    count: usize,
    aim: &Aim,
) -> Result<Vec<Line>, Failure> {
    let fleet = &stage.fleet;
    let mut players = fleet.enrol(&stage.admin, count, &stage.videos).await?;
    fleet.reconnect(&mut players).await;
    fleet.tally.clear();
    stage.neopro.stop().await?;
    stage.neopro.start_again().await?;
    let back = come_back(&stage, &mut players, aim).await;

    stage.fleet.tally.clear();
    let before = stage.neopro.processor().await?;
    stage.fleet.live(&mut players, LIFE).await;
    let busy = stage.neopro.processor().await?.saturating_sub(before);
    let memory = stage.neopro.memory().await? / 1_000_000;
    let failed = failures(&stage);
    Ok(vec![
        back,
        Line {
            what: format!("memory of the server with {count} connected players"),
            measured: format!(
                "{memory} MB, {:.0} % of a processor, {failed} errors",
                100.0 * busy.as_secs_f64() / LIFE.as_secs_f64()
            ),
            limit: String::new(),
            ratio: None,
            aim: format!("< {} MB", aim.memory),
            met: memory < aim.memory && failed == 0,
        },
    ])
}

/// All of them at once, just after the server started: each signs, fetches its state and reports it.
async fn come_back(stage: &Stage, players: &mut [Player], aim: &Aim) -> Line {
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
        aim: format!("≤ {} s, 0 errors", aim.in_sync.as_secs()),
        met: took <= aim.in_sync && complete == players.len() && failed == 0,
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
