//! A disk that is really full: a small one, mounted for the player alone.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use support::hall::Hall;
use support::server::FakeServer;
use support::{clip_bytes, state_of};
use tokio::process::{Child, Command};

/// A player on eight megabytes; and after its end another one, on the same disk without a free byte.
const TWO_LIVES: &str = r#"
mount -t tmpfs -o size=8m tmpfs "$NEOPRO_PLAYER_DATA"
"$0"
dd if=/dev/zero of="$NEOPRO_PLAYER_DATA/hog" bs=4k 2> /dev/null
exec "$0"
"#;

/// Its own mounts need no privilege where the system lets users have namespaces.
fn alone() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c"]);
    command
}

async fn can_mount() -> bool {
    let mut command = alone();
    command
        .arg("mount -t tmpfs tmpfs /mnt")
        .stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

fn live_twice(server: &FakeServer, data: &Path) -> Child {
    let mut command = alone();
    command.arg(TWO_LIVES);
    command.arg(env!("CARGO_BIN_EXE_neopro-player"));
    for (name, value) in [
        ("NEOPRO_SERVER", server.origin().as_str()),
        ("NEOPRO_PLAYER_DATA", data.to_str().unwrap()),
        ("NEOPRO_PLAYER_LISTEN", "127.0.0.1:0"),
        ("NEOPRO_PLAYER_REPORT_SECONDS", "1"),
        ("NEOPRO_PLAYER_RESERVE_MB", "3"),
        ("NEOPRO_PLAYER_KEEP_FREE_MB", "1"),
    ] {
        command.env(name, value);
    }
    command.stdout(Stdio::null()).kill_on_drop(true);
    command.spawn().unwrap()
}

/// Ends the life that runs in this shell.
async fn end_first(shell: u32) {
    let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let mut kill = Command::new("kill");
    kill.arg("-TERM").args(children.split_whitespace());
    assert!(kill.status().await.unwrap().success());
}

#[tokio::test]
async fn a_player_starts_and_proves_on_a_disk_without_a_free_byte() {
    if !can_mount().await {
        eprintln!("this system lets no user mount: the limit of the folder stands in elsewhere");
        return;
    }
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 100_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 100)]), &[&clip]);
    let mut player = live_twice(&server, data.path());
    server.until_applied(1).await;
    let shell = player.id().unwrap();
    // The same folder, seen from within.
    let inside = PathBuf::from(format!("/proc/{shell}/root{}", data.path().display()));
    assert!(inside.join("reserve").exists());
    let first = server.world().reports.last().unwrap().boot_id;
    end_first(shell).await;

    server
        .until("the second life", |world| {
            world.reports.last().unwrap().boot_id != first
        })
        .await;
    assert!(!inside.join("reserve").exists(), "its room was needed");
    let hall = Hall::open(&inside, Duration::from_millis(100));
    server
        .until("plays are told", |world| world.plays.len() >= 5)
        .await;

    // Now not even the reserve is left: plays wait in memory.
    fill(&inside.join("second hog"));
    let (told, reports) = told(&server);
    server
        .until("some time", |world| world.reports.len() >= reports + 4)
        .await;
    fs::remove_file(inside.join("second hog")).unwrap();
    server
        .until("every play is told", |world| world.plays.len() >= told + 20)
        .await;
    drop(hall);
    server
        .until("nothing waits", |world| {
            world.reports.last().unwrap().waiting_plays == 0
        })
        .await;
    let world = server.world();
    let mut seqs: Vec<u64> = world.plays.iter().map(|play| play.seq).collect();
    seqs.sort_unstable();
    let wanted: Vec<u64> = (1..=seqs.len() as u64).collect();
    assert_eq!(seqs, wanted, "none is lost, none comes twice");
    assert_eq!(world.reports.last().unwrap().lost_plays, Some(0));
    assert!(player.try_wait().unwrap().is_none(), "it never stopped");
}

fn told(server: &FakeServer) -> (usize, usize) {
    let world = server.world();
    (world.plays.len(), world.reports.len())
}

/// Writes until the disk has no room for a byte more.
fn fill(path: &Path) {
    let mut hog = fs::File::create(path).unwrap();
    for size in [64 * 1024, 4 * 1024, 1] {
        while hog.write_all(&vec![0; size]).is_ok() {}
    }
}
