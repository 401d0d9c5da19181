//! Real programs under measure: in folders of their own, with nothing of the caller's settings.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use api::account::SignIn;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::connection::{Connection, Server};
use crate::failure::Failure;

/// A program that does not answer after so long never will.
const PATIENCE: Duration = Duration::from_mins(1);
const INTERVAL: Duration = Duration::from_millis(20);

/// What a server is told beside its folder and port.
pub(crate) type Settings = Vec<(&'static str, String)>;

/// The server with data of its own.
pub(crate) struct Neopro {
    program: PathBuf,
    folder: TempDir,
    settings: Settings,
    pub(crate) server: Server,
    process: Child,
}

impl Neopro {
    /// Starts it over an empty database with one administrator.
    pub(crate) async fn start(
        program: &Path,
        settings: Settings,
    ) -> Result<(Self, SignIn), Failure> {
        let folder = tempfile::Builder::new().prefix("neopro-bench-").tempdir()?;
        let port = free_port().await?;
        let sign_in = create_admin(program, folder.path(), &settings).await?;
        let neopro = Self {
            process: serve(program, folder.path(), port, &settings)?,
            settings,
            program: program.to_owned(),
            folder,
            server: Server::here(port),
        };
        neopro.healthy().await?;
        Ok((neopro, sign_in))
    }

    /// Its embedded database.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("neopro.db")
    }

    /// A folder on the same disk.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Stops it as a service manager does.
    pub(crate) async fn stop(&mut self) -> Result<(), Failure> {
        if let Some(id) = self.process.id() {
            let kill = Command::new("kill")
                .args(["-TERM", &id.to_string()])
                .status();
            kill.await?;
        }
        self.process.wait().await?;
        Ok(())
    }

    /// Starts it again over the same data.
    pub(crate) async fn start_again(&mut self) -> Result<(), Failure> {
        let port = self.server.address.port();
        self.process = serve(&self.program, self.folder.path(), port, &self.settings)?;
        self.healthy().await
    }

    /// Time that it had a processor, in all.
    pub(crate) async fn processor(&self) -> Result<Duration, Failure> {
        let gone = || Failure::unmet("the server is gone");
        let id = self.process.id().ok_or_else(gone)?;
        let stat = tokio::fs::read_to_string(format!("/proc/{id}/stat")).await?;
        // Behind the name, which may hold spaces: fields 14 and 15, in hundredths of a second.
        let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let ticks: u64 = fields
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Memory that it holds, in bytes: what `ps` calls RSS.
    pub(crate) async fn memory(&self) -> Result<u64, Failure> {
        let gone = || Failure::unmet("the server is gone");
        let id = self.process.id().ok_or_else(gone)?;
        let status = tokio::fs::read_to_string(format!("/proc/{id}/status")).await?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        Ok(kilobytes.ok_or_else(gone)? * 1024)
    }

    async fn healthy(&self) -> Result<(), Failure> {
        let start = Instant::now();
        loop {
            let answer = Connection::to(&self.server).get("/health").await;
            match answer {
                Ok(answer) if answer.status.is_success() => return Ok(()),
                _ if start.elapsed() > PATIENCE => {
                    let log = self.folder.path().join("server.log");
                    let log = tokio::fs::read_to_string(log).await.unwrap_or_default();
                    return Err(Failure::unmet(format!("the server does not start:\n{log}")));
                }
                _ => sleep(INTERVAL).await,
            }
        }
    }
}

/// The bare handler in a process of its own.
pub(crate) async fn bare() -> Result<(Server, Child), Failure> {
    let port = free_port().await?;
    let server = Server::here(port);
    let program = std::env::current_exe()?;
    let listen = server.address.to_string();
    let child = command(&program, ["bare", "--listen", &listen]).spawn()?;
    let start = Instant::now();
    while TcpStream::connect(server.address).await.is_err() {
        if start.elapsed() > PATIENCE {
            return Err(Failure::unmet("the bare handler does not start"));
        }
        sleep(INTERVAL).await;
    }
    Ok((server, child))
}

fn serve(program: &Path, data: &Path, port: u16, settings: &Settings) -> Result<Child, Failure> {
    let log = std::fs::File::options()
        .create(true)
        .append(true)
        .open(data.join("server.log"))?;
    let mut command = command(program, ["serve"]);
    command
        .env("PORT", port.to_string())
        .env("NEOPRO_HOST", "127.0.0.1")
        .env("NEOPRO_DATA", data)
        .envs(settings.iter().cloned())
        .stderr(log.try_clone()?)
        .stdout(log);
    Ok(command.spawn()?)
}

async fn create_admin(program: &Path, data: &Path, settings: &Settings) -> Result<SignIn, Failure> {
    let sign_in = SignIn {
        email: "mesure@example.org".to_owned(),
        password: "Correct-Cheval-9".to_owned(),
    };
    let name = ["--full-name", "Anne Le Goff", "--password-stdin"];
    let mut arguments = vec!["create-admin", "--email", &sign_in.email];
    arguments.extend(name);
    let mut child = command(program, arguments)
        .env("NEOPRO_DATA", data)
        .envs(settings.iter().cloned())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(sign_in.password.as_bytes()).await?;
    }
    if child.wait().await?.success() {
        Ok(sign_in)
    } else {
        Err(Failure::unmet("no administrator could be created"))
    }
}

fn command<A: AsRef<OsStr>>(program: &Path, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().kill_on_drop(true);
    for name in ["PATH", "HOME", "TMPDIR"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
}

async fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}
