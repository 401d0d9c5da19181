//! Plays on their way into the database.

use std::time::{Duration, Instant};

use api::path;
use api::play::{Play, PlayBatch};
use bytes::Bytes;
use chrono::{TimeDelta, Utc};

use super::copy;
use super::line::Line;
use super::rounds::Rounds;
use super::sqlite::Bare;
use super::stage::Stage;
use crate::chance;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::player::Player;
use crate::plays::Plays;

const PLAYERS: usize = 16;
/// Plays of one delivery, and rows of one statement.
const BATCH: usize = 100;
const BATCHES_PER_PLAYER: usize = 10;
const ROUNDS: usize = 5;
const AIM: f64 = 0.3;
const AIM_OF_COPY: f64 = 0.25;
/// Long enough ago that no play of a run lies in the future.
const AGO: TimeDelta = TimeDelta::days(10);
/// From one play of a site to its next.
const APART: TimeDelta = TimeDelta::seconds(10);

/// What one player delivers, batch after batch.
type Deliveries = Vec<Vec<Play>>;

pub(super) async fn on_sqlite(stage: Stage) -> Result<Vec<Line>, Failure> {
    let players = ready(&stage).await?;
    let mut bare = Bare::beside(&stage.neopro).await?;
    let rounds = rounds(&players, stage.fleet.seed);
    let (mut ours, mut theirs) = (rounds.iter(), rounds.iter());
    let rounds = Rounds::take(
        ROUNDS,
        async || through_the_door(&stage, &players, ours.next().ok_or_else(none)?).await,
        async || into_the_table(&mut bare, theirs.next().ok_or_else(none)?).await,
    );
    Ok(vec![line("SQLite", "bare inserts", AIM, &rounds.await?)])
}

/// Beside a COPY of all of them at once.
pub(super) async fn on_postgres(stage: Stage) -> Result<Vec<Line>, Failure> {
    let players = ready(&stage).await?;
    let mut bare = copy::Bare::beside(stage.base.postgres()?).await?;
    let rounds = rounds(&players, stage.fleet.seed);
    let (mut ours, mut theirs) = (rounds.iter(), rounds.iter());
    let rounds = Rounds::take(
        ROUNDS,
        async || through_the_door(&stage, &players, ours.next().ok_or_else(none)?).await,
        async || copied(&mut bare, theirs.next().ok_or_else(none)?).await,
    );
    let rounds = rounds.await?;
    Ok(vec![line("PostgreSQL", "bare COPY", AIM_OF_COPY, &rounds)])
}

fn none() -> Failure {
    Failure::unmet("a round without plays")
}

async fn ready(stage: &Stage) -> Result<Vec<Player>, Failure> {
    let players = stage.fleet.enrol(&stage.admin, PLAYERS, &stage.videos);
    let mut players = players.await?;
    for player in &mut players {
        player.begin().await?;
    }
    Ok(players)
}

fn rounds(players: &[Player], seed: u64) -> Vec<Vec<Deliveries>> {
    (0..ROUNDS)
        .map(|round| deliveries(players, seed, round))
        .collect()
}

fn line(database: &str, limit: &str, aim: f64, rounds: &Rounds) -> Line {
    Line {
        what: format!("plays stored on {database}, in batches of {BATCH}"),
        measured: format!("{:.0}/s", rounds.ours()),
        limit: format!("{:.0}/s, {limit}", rounds.limit()),
        ratio: Some(rounds.ratio()),
        aim: format!("≥ {aim}"),
        met: rounds.ratio() >= aim,
    }
}

fn deliveries(players: &[Player], seed: u64, round: usize) -> Vec<Deliveries> {
    let of = |player: &Player| {
        let chance = chance::of(seed, "ingest", round * PLAYERS + player.number);
        let mut plays = Plays::new(player.boot(), chance);
        let mut at = Utc::now() - AGO;
        let mut next = || {
            at += APART;
            plays.next(&player.state.as_ref()?.desired, at)
        };
        (0..BATCHES_PER_PLAYER)
            .map(|_| (0..BATCH).filter_map(|_| next()).collect())
            .collect()
    };
    players.iter().map(of).collect()
}

/// Plays per second through the server: every player sends its next batch once the last one is
/// acknowledged.
async fn through_the_door(
    stage: &Stage,
    players: &[Player],
    deliveries: &[Deliveries],
) -> Result<f64, Failure> {
    let mut written = Vec::new();
    for (player, batches) in players.iter().zip(deliveries) {
        let mut connection = Connection::to(&stage.fleet.server);
        connection.headers = player.headers();
        let write = |plays| serde_json::to_vec(&PlayBatch { plays }).map(Bytes::from);
        let bodies: Result<Vec<Bytes>, _> = batches.iter().cloned().map(write).collect();
        written.push((connection, bodies?));
    }
    let start = Instant::now();
    let sending: Vec<_> = written
        .into_iter()
        .map(|(connection, bodies)| tokio::spawn(send(connection, bodies)))
        .collect();
    for sent in sending {
        sent.await.map_err(std::io::Error::other)??;
    }
    Ok(per_second(deliveries, start.elapsed()))
}

async fn send(mut connection: Connection, bodies: Vec<Bytes>) -> Result<(), Failure> {
    for body in bodies {
        let answer = connection.post_bytes(path::PLAYS, body).await?.accepted()?;
        let stored = String::from_utf8_lossy(&answer.body)
            .matches("\"stored\"")
            .count();
        if stored != BATCH {
            return Err(Failure::unmet(format!(
                "{stored} of {BATCH} plays were stored"
            )));
        }
    }
    Ok(())
}

/// Rows per second of the same plays, one statement and one transaction for each batch.
async fn into_the_table(bare: &mut Bare, deliveries: &[Deliveries]) -> Result<f64, Failure> {
    let start = Instant::now();
    for (player, batches) in deliveries.iter().enumerate() {
        for batch in batches {
            bare.insert(player, batch).await?;
        }
    }
    Ok(per_second(deliveries, start.elapsed()))
}

/// Rows per second of the same plays, all in one COPY.
async fn copied(bare: &mut copy::Bare, deliveries: &[Deliveries]) -> Result<f64, Failure> {
    let sites = deliveries.iter().enumerate();
    let rows =
        sites.flat_map(|(site, batches)| batches.iter().map(move |batch| copy::rows(site, batch)));
    let rows: String = rows.collect();
    let start = Instant::now();
    bare.copy(rows).await?;
    Ok(per_second(deliveries, start.elapsed()))
}

fn per_second(deliveries: &[Deliveries], time: Duration) -> f64 {
    let plays: usize = deliveries.iter().flatten().map(Vec::len).sum();
    f64::from(u32::try_from(plays).unwrap_or(u32::MAX)) / time.as_secs_f64()
}
