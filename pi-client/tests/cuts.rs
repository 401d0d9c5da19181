//! Power cuts at every named point: the program kills itself there, and starts again.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use api::id::BootId;
use api::play::Play;
use futures::{StreamExt, stream};
use pi_client::fault;
use support::hall::Hall;
use support::server::FakeServer;
use support::{clip_bytes, hash, state_of};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Cuts that are tried at the same time.
const TOGETHER: usize = 4;
/// Longest life of a player that is to be cut.
const PATIENCE: Duration = Duration::from_secs(30);
const CLIP: Duration = Duration::from_millis(150);

fn run(server: &FakeServer, data: &Path, fault: Option<&str>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_neopro-player"));
    command.env_clear().kill_on_drop(true);
    command.args(["--listen", "127.0.0.1:0", "--server", &server.origin()]);
    command.arg("--data").arg(data);
    command.env("NEOPRO_PLAYER_REPORT_SECONDS", "1");
    command.env("NEOPRO_PLAYER_RESERVE_MB", "1");
    if let Some(point) = fault {
        command.env("NEOPRO_FAULT", format!("{point}:kill"));
    }
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// One life that is cut at this point, and one that must put everything right.
async fn cut_at(point: &str) {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clips = [1, 2].map(|seed| clip_bytes(seed, 700_000));
    let clips_ms = [(&clips[0][..], 150), (&clips[1][..], 150)];
    server.publish(state_of(1, &clips_ms), &[&clips[0], &clips[1]]);
    server.accept();
    let hall = Hall::open(data.path(), CLIP);
    let mut player = run(&server, data.path(), Some(point));
    let died = timeout(PATIENCE, player.wait()).await;
    let died = died.unwrap_or_else(|_| panic!("{point} is never reached"));
    assert!(!died.unwrap().success(), "{point}");

    let before = server.world().plays.len();
    let mut player = run(&server, data.path(), None);
    server.until_applied(1).await;
    server
        .until("it plays on", |world| world.plays.len() >= before + 3)
        .await;
    drop(hall);
    server
        .until("everything is told", |world| {
            world.reports.last().unwrap().waiting_plays == 0
        })
        .await;
    player.kill().await.unwrap();
    for clip in &clips {
        let path = data.path().join("files").join(hash(clip).to_string());
        assert_eq!(&fs::read(path).unwrap(), clip, "{point}");
    }
    every_play_is_there_once(point, &server.world().plays);
    assert!(server.world().codes <= 3, "{point}");
}

/// Plays of a run are counted from 1: a gap would be a loss.
fn every_play_is_there_once(point: &str, plays: &[Play]) {
    let ids: HashSet<_> = plays.iter().map(|play| play.id).collect();
    assert_eq!(ids.len(), plays.len(), "{point}");
    let mut runs: HashMap<BootId, Vec<u64>> = HashMap::new();
    for play in plays {
        runs.entry(play.boot_id).or_default().push(play.seq);
    }
    for (_, mut seqs) in runs {
        seqs.sort_unstable();
        let wanted: Vec<u64> = (1..=seqs.len() as u64).collect();
        assert_eq!(seqs, wanted, "{point}");
    }
}

#[tokio::test]
async fn a_cut_at_any_point_loses_and_doubles_nothing() {
    stream::iter(fault::POINTS)
        .for_each_concurrent(TOGETHER, cut_at)
        .await;
}
