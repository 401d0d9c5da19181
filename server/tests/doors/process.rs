//! The program `neopro` as operators meet it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

fn neopro(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_neopro"));
    command
        .env_clear()
        .env("NEOPRO_DATA", data)
        .current_dir(data);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A server on a free port, and its log up to the line that starts with `until`.
fn serve(data: &Path, variables: &[(&str, &str)], until: &str) -> (Child, Vec<String>) {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut command = neopro(data);
    command
        .arg("serve")
        .env("PORT", free.to_string())
        .env("NEOPRO_HOST", "127.0.0.1");
    let mut server = command.envs(variables.iter().copied()).spawn().unwrap();
    let mut log = Vec::new();
    for line in BufReader::new(server.stdout.take().unwrap()).lines() {
        log.push(line.unwrap());
        if log.last().unwrap().contains(until) {
            return (server, log);
        }
    }
    panic!(
        "{log:?} {}",
        String::from_utf8(server.wait_with_output().unwrap().stderr).unwrap()
    );
}

fn create_admin(data: &Path, arguments: &[&str], typed: &str) -> Output {
    let mut command = neopro(data);
    let mut child = command.arg("create-admin").args(arguments).spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(typed.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn it_says_how_to_sign_in_and_stops_cleanly_on_both_signals() {
    for signal in [Signal::TERM, Signal::INT] {
        let data = tempfile::tempdir().unwrap();
        let (mut server, log) = serve(data.path(), &[], "aucun compte");
        assert!(
            log.iter().all(|line| line.starts_with("INFO  2")),
            "{log:?}"
        );
        assert!(
            log.iter()
                .any(|line| line.contains("base de données : SQLite")),
            "{log:?}"
        );
        let pid = Pid::from_raw(server.id().try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        assert!(server.wait().unwrap().success());
    }
}

/// Browsers and players listen for hours.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_stream_of_events_does_not_hold_the_stop() {
    let data = tempfile::tempdir().unwrap();
    let who = [
        "--email",
        "ana@example.fr",
        "--full-name",
        "Ana",
        "--password-stdin",
    ];
    assert!(
        create_admin(data.path(), &who, "Correct-Horse-42\n")
            .status
            .success()
    );
    let (mut server, log) = serve(data.path(), &[], "ouvrez http");
    let address = log
        .last()
        .unwrap()
        .split("ouvrez ")
        .nth(1)
        .unwrap()
        .to_owned();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let typed = serde_json::json!({ "email": "ana@example.fr", "password": "Correct-Horse-42" });
    let signed_in = client
        .post(format!("{address}/api/v1/session"))
        .header("origin", &address)
        .json(&typed);
    let signed_in = signed_in.send().await.unwrap();
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let stream = client.get(format!("{address}{}", api::path::EVENTS));
    let mut stream = stream.header("cookie", cookie).send().await.unwrap();
    assert!(stream.chunk().await.unwrap().is_some());
    let begun = std::time::Instant::now();
    let pid = Pid::from_raw(server.id().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
    while stream.chunk().await.unwrap().is_some() {}
    assert!(server.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn log_collectors_get_json() {
    let data = tempfile::tempdir().unwrap();
    let (mut server, log) = serve(data.path(), &[("LOG_FORMAT", "json")], "aucun compte");
    server.kill().unwrap();
    server.wait().unwrap();
    for line in log {
        let event: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["level"], "INFO");
        assert!(event["message"].is_string(), "{line}");
    }
}

#[test]
fn scripts_create_administrators_and_are_told_what_is_wrong() {
    let data = tempfile::tempdir().unwrap();
    let who = [
        "--email",
        "ana@example.fr",
        "--full-name",
        "Ana Le Goff",
        "--password-stdin",
    ];
    let weak = create_admin(data.path(), &who, "court\n");
    assert_eq!(weak.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&weak.stderr).contains("12\u{a0}caractères"));
    let created = create_admin(data.path(), &who, "Correct-Horse-42\n");
    assert!(created.status.success(), "{created:?}");
    let said = String::from_utf8(created.stdout).unwrap();
    assert_eq!(
        said,
        "Compte administrateur créé : Ana Le Goff <ana@example.fr>\n"
    );
    let again = create_admin(data.path(), &who, "Correct-Horse-42\n");
    assert_eq!(again.status.code(), Some(1));
    let silent = create_admin(data.path(), &who[..4], "");
    assert_eq!(silent.status.code(), Some(2));
}

#[test]
fn what_can_be_corrected_exits_with_two() {
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = neopro(data.path());
        let output = command
            .args(arguments)
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said) = run(&["serve"], &[("PORT", "abc"), ("LOG_FORMAT", "xml")]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("PORT") && said.contains("LOG_FORMAT"),
        "{said}"
    );
    for refused in [
        ("NODE_ENV", "production"),
        ("DATABASE_URL", "postgresql://x/y"),
    ] {
        let (code, said) = run(&["demo"], &[refused]);
        assert_eq!(code, Some(2), "{said}");
    }
    assert_eq!(run(&["frobnicate"], &[]).0, Some(2));
    assert_eq!(run(&[], &[]).0, Some(2));
    assert_eq!(run(&["--help"], &[]).0, Some(0));
}

#[test]
fn a_backup_is_made_verified_and_put_back_from_the_command_line() {
    let (data, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let who = [
        "--email",
        "ana@example.fr",
        "--full-name",
        "Ana",
        "--password-stdin",
    ];
    let created = create_admin(data.path(), &who, "Correct-Horse-42\n");
    assert!(created.status.success());
    let file = data.path().join("backup.tar");
    let run = |data: &Path, arguments: &[&str]| {
        let mut command = neopro(data);
        let output = command.args(arguments).arg(&file).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, said) = run(data.path(), &["backup"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("Sauvegardé") && said.contains("table users…"),
        "{said}"
    );
    assert_eq!(run(data.path(), &["backup"]).0, Some(2));
    let (code, said) = run(data.path(), &["backup", "--verify"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = run(data.path(), &["restore"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("base vide"), "{said}");
    let (code, said) = run(empty.path(), &["restore"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(run(empty.path(), &["restore"]).0, Some(2));
    std::fs::write(&file, "rien").unwrap();
    let (code, said) = run(empty.path(), &["backup", "--verify"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("incomplète"), "{said}");
}
