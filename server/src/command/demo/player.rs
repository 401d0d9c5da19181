//! The trial player: the same program as on a Raspberry Pi, as a child of the demonstration.

use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

use super::tv;
use crate::command::failure::Failure;

/// How long the player may take to put its last play on the disk.
const GRACE: Duration = Duration::from_secs(5);

/// A running player.
pub struct TrialPlayer(Child);

impl TrialPlayer {
    /// Starts the player for this server.
    pub fn start(program: &Path, server: &str, data: &Path) -> Result<Self, Failure> {
        Command::new(program)
            .args(["run", "--server", server, "--listen", tv::LISTEN, "--data"])
            .arg(data)
            .kill_on_drop(true)
            .spawn()
            .map(Self)
            .map_err(Failure::file(format!("démarrage de {}", program.display())))
    }

    /// Waits until the player ends by itself, which it should not.
    pub async fn ended(&mut self) -> Failure {
        let status = self.0.wait().await.ok();
        let status = status
            .as_ref()
            .map(ExitStatus::to_string)
            .unwrap_or_default();
        Failure::Demo(format!(
            "l’écran s’est arrêté ({status}) ; un autre programme occupe peut-être {}",
            tv::LISTEN
        ))
    }

    /// Lets the player end its play, then makes sure that it is gone.
    pub async fn stop(mut self) {
        let pid = self
            .0
            .id()
            .and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        if let Some(pid) = pid
            && let Err(error) = kill_process(pid, Signal::TERM)
        {
            tracing::debug!(%error, "the player was gone");
        }
        if tokio::time::timeout(GRACE, self.0.wait()).await.is_err() {
            tracing::warn!("the player did not stop by itself");
        }
    }
}
