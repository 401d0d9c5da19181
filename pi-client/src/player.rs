//! A running player.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use api::hash::FileHash;
use api::id::BootId;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::task::{JoinHandle, JoinSet, spawn_blocking};
use tokio::time::interval;

use crate::applied::Applied;
use crate::client::{Client, ClientError};
use crate::clock;
use crate::database::StorageFailure;
use crate::disk::{Disk, DiskError};
use crate::folder::Folder;
use crate::identity::Identity;
use crate::link::Link;
use crate::parts::Parts;
use crate::recorder::Recorder;
use crate::screen::Screen;
use crate::scrub::Scrub;
use crate::settings::Settings;
use crate::sync::Sync;
use crate::web;

/// How often the show learns that time passes.
const TICK: Duration = Duration::from_millis(250);

/// How often the reserve is looked after.
const RESERVE: Duration = Duration::from_mins(1);

/// Why a player does not start; the sentences are for who started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its folder cannot be used.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The address of the pages is taken.
    #[error("l'adresse {address} ne peut être ouverte : {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The machine has no usable TLS.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl From<StorageFailure> for StartError {
    fn from(failure: StorageFailure) -> Self {
        Self::Disk(failure.into())
    }
}

/// A player at work: its tasks run until [`Player::stop`].
pub struct Player {
    address: SocketAddr,
    identity: Arc<Identity>,
    boot_id: BootId,
    screen: Screen,
    tasks: JoinSet<()>,
    recorder: JoinHandle<()>,
}

impl Player {
    /// Starts to play what is on the disk and to look for the server.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let disk = Disk::open(&settings.data, settings.space, settings.witness)?;
        let (listener, address) = listen(settings.listen).await?;
        disk.note_address(address);

        let boot_id = BootId::new();
        let identity = Arc::clone(&disk.identity);
        let (recorder, recording) = Recorder::start(disk.spool.clone(), boot_id);
        let (doubts, doubted) = mpsc::unbounded_channel();
        let (moved, passed) = (settings.clock_moved, disk.spool.passed()?);
        let screen = Screen::new(boot_id, recorder, doubts, moved, passed);
        let silence = settings.pace.silence;
        let client = Client::new(settings.server, disk.identity, boot_id, silence)?;
        let tasks = work(
            listener,
            address,
            doubted,
            settings.ntp,
            Parts {
                client: Arc::new(client),
                memory: disk.memory,
                store: disk.store,
                spool: disk.spool,
                screen: screen.clone(),
                applied: Applied::default(),
                pace: settings.pace,
                boot_id,
            },
        )?;
        Ok(Self {
            address,
            identity,
            boot_id,
            screen,
            tasks,
            recorder: recording,
        })
    }

    /// Where its pages are.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Hexadecimal SHA-256 of its public key.
    pub fn key_id(&self) -> String {
        self.identity.key_id()
    }

    /// This run.
    pub fn boot_id(&self) -> BootId {
        self.boot_id
    }

    /// Waits until a part of the player fails, which is a defect: better a restart than half a player.
    pub async fn failed(&mut self) {
        _ = self.tasks.join_next().await;
    }

    /// Ends the running play, puts everything on the disk and stops.
    pub async fn stop(mut self) {
        self.screen.stop();
        self.tasks.shutdown().await;
        if let Err(error) = self.recorder.await {
            tracing::error!(%error, "the last plays may not be kept");
        }
    }
}

/// Everything that a player does at the same time.
fn work(
    listener: TcpListener,
    address: SocketAddr,
    doubted: UnboundedReceiver<FileHash>,
    ntp: PathBuf,
    parts: Parts,
) -> Result<JoinSet<()>, StorageFailure> {
    let sync = Sync::new(parts.clone())?;
    let mut tasks = JoinSet::new();
    tasks.spawn(serve(listener, web::router(parts.clone(), address)));
    tasks.spawn(tick(parts.screen.clone()));
    tasks.spawn(clock::listen(parts.screen.clone(), ntp));
    tasks.spawn(keep_reserve(parts.store.folder().clone()));
    let scrub = Scrub {
        store: parts.store.clone(),
        applied: parts.applied.clone(),
        pace: parts.pace,
        fetch_again: sync.repair(),
    };
    tasks.spawn(scrub.clone().watch(doubted));
    tasks.spawn(scrub.patrol());
    tasks.spawn(Link::new(parts, sync).run());
    Ok(tasks)
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let listen = async {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    listen
        .await
        .map_err(|cause| StartError::Listen { address, cause })
}

async fn serve(listener: TcpListener, router: axum::Router) {
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the pages are not served any more");
    }
}

/// The reserve comes back when there is room again.
async fn keep_reserve(folder: Folder) {
    let mut rounds = interval(RESERVE);
    loop {
        rounds.tick().await;
        let folder = folder.clone();
        if let Err(error) = spawn_blocking(move || folder.restore_reserve()).await {
            tracing::error!(%error, "the reserve could not be looked after");
        }
    }
}

async fn tick(screen: Screen) {
    let mut ticks = interval(TICK);
    loop {
        ticks.tick().await;
        screen.tick();
    }
}
