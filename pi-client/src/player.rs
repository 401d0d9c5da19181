//! A running player.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use api::id::BootId;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::interval;

use crate::applied::Applied;
use crate::client::{Client, ClientError};
use crate::database::{Storage, StorageFailure};
use crate::durable::{self, Access};
use crate::identity::{Identity, IdentityError};
use crate::link::Link;
use crate::memory::Memory;
use crate::recorder::Recorder;
use crate::repair;
use crate::screen::Screen;
use crate::settings::Settings;
use crate::spool::Spool;
use crate::store::Store;
use crate::sync::{Parts, Sync};
use crate::web::{self, Pages};

/// Where a running player says at which address its pages are.
pub(crate) const ADDRESS_FILE: &str = "address";
/// How often the show learns that time passes.
const TICK: Duration = Duration::from_millis(250);

/// Why a player does not start; the sentences are for who started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder cannot be used.
    #[error("le dossier {folder} ne peut être utilisé : {cause}")]
    Data {
        /// The folder.
        folder: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The database cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageFailure),
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

/// A player at work: its tasks run until [`Player::stop`].
pub struct Player {
    address: SocketAddr,
    key_id: String,
    boot_id: BootId,
    screen: Screen,
    tasks: JoinSet<()>,
    recorder: JoinHandle<()>,
}

impl Player {
    /// Starts to play what is on the disk and to look for the server.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let unusable = |cause| StartError::Data {
            folder: settings.data.display().to_string(),
            cause,
        };
        std::fs::create_dir_all(&settings.data).map_err(unusable)?;
        let storage = Storage::open(&settings.data)?;
        let store = Store::open(&settings.data).map_err(unusable)?;
        let identity = Arc::new(Identity::load_or_create(&settings.data)?);
        let key_id = identity.key_id();
        let boot_id = BootId::new();
        let spool = Spool::open(storage.clone())?;
        match spool.lost()? {
            0 => {}
            lost => tracing::warn!(
                plays.lost = lost,
                "too many plays waited: the oldest were lost"
            ),
        }
        let (recorder, recording) = Recorder::start(spool.clone());
        let (doubts, doubted) = mpsc::unbounded_channel();
        let screen = Screen::new(boot_id, recorder, doubts);

        let (listener, address) = listen(settings.listen).await?;
        let address_file = settings.data.join(ADDRESS_FILE);
        durable::write(
            &address_file,
            address.to_string().as_bytes(),
            Access::Public,
        )
        .map_err(unusable)?;

        let client = Arc::new(Client::new(settings.server.clone(), identity, boot_id)?);
        let memory = Memory::new(storage);
        let pages = Pages {
            screen: screen.clone(),
            applied: Applied::default(),
            store: store.clone(),
            spool: spool.clone(),
        };
        let sync = Sync::new(Parts {
            client: client.clone(),
            memory: memory.clone(),
            store: store.clone(),
            spool,
            screen: screen.clone(),
            applied: pages.applied.clone(),
            pace: settings.pace,
            boot_id,
        })?;
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(listener, web::router(pages, address)));
        tasks.spawn(tick(screen.clone()));
        tasks.spawn(repair::watch(store, doubted, sync.repair()));
        let link = Link {
            client,
            memory,
            screen: screen.clone(),
            sync,
            pace: settings.pace,
        };
        tasks.spawn(link.run());
        Ok(Self {
            address,
            key_id,
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
    pub fn key_id(&self) -> &str {
        &self.key_id
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

async fn tick(screen: Screen) {
    let mut ticks = interval(TICK);
    loop {
        ticks.tick().await;
        screen.tick();
    }
}
