//! The program itself: power cuts, polite stops, the command line.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Output, Stdio};

use api::play::Outcome;
use api::site::Screen;
use support::page::Page;
use support::server::FakeServer;
use support::{clip_bytes, state_of};
use tokio::process::{Child, Command};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_neopro-player"));
    command.env_clear().kill_on_drop(true);
    command
}

fn run(server: &str, data: &Path) -> Child {
    let mut command = program();
    command.args(["--server", server, "--listen", "127.0.0.1:0", "--data"]);
    command.arg(data).env("NEOPRO_PLAYER_REPORT_SECONDS", "1");
    command.env("NEOPRO_PLAYER_RESERVE_MB", "1");
    command.stdout(Stdio::null()).spawn().unwrap()
}

async fn said(arguments: &[&str]) -> (Output, String) {
    let output = program().args(arguments).output().await.unwrap();
    let words = String::from_utf8(output.stderr.clone()).unwrap();
    (output, words)
}

/// A player process with a clip to show, and its page.
async fn playing(server: &FakeServer, data: &Path) -> (Child, Page) {
    let boots = server.world().reports.last().map(|report| report.boot_id);
    let child = run(&server.origin(), data);
    server
        .until("this run applies its loop", |world| {
            let last = world.reports.last();
            last.is_some_and(|report| {
                Some(report.boot_id) != boots && report.configuration_version == Some(1)
            })
        })
        .await;
    let address = std::fs::read_to_string(data.join("address")).unwrap();
    let address: SocketAddr = address.parse().unwrap();
    (child, Page::open_at(address).await)
}

async fn journal(data: &Path) -> Vec<serde_json::Value> {
    let (output, words) = said(&["journal", "--data", data.to_str().unwrap()]).await;
    assert!(output.status.success(), "{words}");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn a_power_cut_leaves_one_cut_play_and_a_polite_stop_none() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 300)]), &[&clip]);
    let (mut child, mut page) = playing(&server, data.path()).await;
    page.plays(300).await;
    server
        .until("the whole play", |world| world.plays.len() == 1)
        .await;
    page.says("playing", 1, 0).await;
    server
        .until("what is on screen is on the disk", |world| {
            let last = world.reports.last();
            last.is_some_and(|report| {
                report.screen.screen == Screen::Playing && report.waiting_plays == 0
            })
        })
        .await;
    child.kill().await.unwrap();

    let (mut child, mut page) = playing(&server, data.path()).await;
    server
        .until("the cut play", |world| world.plays.len() == 2)
        .await;
    let outcomes: Vec<Outcome> = server
        .world()
        .plays
        .iter()
        .map(|play| play.outcome)
        .collect();
    assert_eq!(outcomes, [Outcome::Completed, Outcome::Cut]);
    assert_eq!(
        journal(data.path()).await.len(),
        2,
        "asked from the running player"
    );

    page.says("playing", 1, 0).await;
    let pid = child.id().unwrap().to_string();
    Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .await
        .unwrap();
    assert!(child.wait().await.unwrap().success());
    let journal = journal(data.path()).await;
    assert_eq!(journal.len(), 3, "read from the stopped player's folder");
    assert_eq!(journal[2]["outcome"], "skipped");
    assert_eq!(journal[1]["receipt"]["result"], "stored");
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_refused_with_a_sentence() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().to_str().unwrap();
    let (output, words) = said(&["--data", data]).await;
    assert!(!output.status.success());
    assert!(words.contains("NEOPRO_SERVER"), "{words}");
    let open = [
        "--server",
        "http://localhost:3001",
        "--listen",
        "0.0.0.0:8080",
    ];
    let (output, words) = said(&[&open[..], &["--data", data]].concat()).await;
    assert!(!output.status.success());
    assert!(words.contains("que sur cette machine"), "{words}");
    let (output, words) = said(&["journal", "--data", data]).await;
    assert!(!output.status.success());
    assert!(words.contains("aucun lecteur"), "{words}");
}
