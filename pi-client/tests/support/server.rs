//! A server that keeps the contract, and breaks it where a test asks for it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use api::hash::FileHash;
use api::id::SiteId;
use api::path;
use api::play::Play;
use api::player::{DesiredState, Report};
use axum::routing::{get, post};
use axum::{Router, middleware};
use chrono::TimeDelta;
use ed25519_dalek::VerifyingKey;
use pi_client::Witness;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use super::hash;

#[path = "answers.rs"]
mod answers;
#[path = "hints.rs"]
mod hints;
#[path = "lies.rs"]
mod lies;

/// How the next answer about a file is wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// The connection ends in the middle.
    Truncated,
    /// Other bytes of the same length.
    WrongBytes,
    /// 200 with everything although a part was asked for.
    RangeIgnored,
    /// 206 with another part than the one that was asked for.
    AnotherRange,
    /// 503 with `Retry-After: 0`.
    Unavailable,
    /// 503 until the next second, as a date.
    UnavailableUntil,
    /// 200 with a file that is one byte too short, and says so.
    AnotherSize,
    /// 200 with a page for people.
    Page,
    /// Half of it, and then nothing for ever.
    Silence,
    /// Half of it, and then a byte now and then.
    Trickle,
    /// A redirect to itself.
    RedirectLoop,
    /// A redirect to where the files are.
    Elsewhere,
    /// A redirect to a link that ran out.
    LinkExpired,
}

/// What the stream of hints does next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Hint {
    /// It says that the state changed.
    Changed,
    /// It breaks off.
    End,
}

/// How a hall's network answers in the server's place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Portal {
    /// 200 with its sign-in page.
    Page,
    /// A redirect to it.
    Redirect,
}

/// Everything that the server knows and was told.
#[derive(Default)]
pub struct World {
    pub site: Option<SiteId>,
    pub keys: HashMap<String, VerifyingKey>,
    pub revoked: HashSet<String>,
    pub enrolling: Option<VerifyingKey>,
    pub codes: u32,
    pub code_expired: bool,
    pub clock_ahead: TimeDelta,
    pub tokens: u32,
    pub token: Option<String>,
    pub state: Option<DesiredState>,
    pub states_sent: u32,
    pub files: HashMap<FileHash, Vec<u8>>,
    pub faults: VecDeque<Fault>,
    pub file_requests: Vec<Option<String>>,
    pub reports: Vec<Report>,
    pub plays: Vec<Play>,
    pub deliveries_lost: u32,
    /// A delivery with this play of its run is refused for good.
    pub never_taken: Option<u64>,
    /// Told what players are told.
    pub witness: Option<Witness>,
    /// Where the files are kept, under another origin.
    pub storage: String,
    pub portal: Option<Portal>,
    /// Requests that the portal answered.
    pub caught: u32,
    /// Whether the server gives hints.
    pub hints: bool,
    /// Players that listen for them.
    pub listening: u32,
}

/// What the handlers share.
#[derive(Clone)]
pub struct Shared {
    world: Arc<Mutex<World>>,
    changed: watch::Sender<()>,
    hints: broadcast::Sender<Hint>,
    origin: String,
}

impl World {
    /// Something is known outside of the player from now on.
    pub fn mark(&self, what: &str) {
        if let Some(witness) = &self.witness {
            witness.mark(what);
        }
    }
}

impl Shared {
    /// Changes the world and tells who waits for it.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let answer = change(&mut self.world.lock().unwrap());
        self.changed.send_replace(());
        answer
    }
}

/// The server, at work until it is dropped.
pub struct FakeServer {
    shared: Shared,
    address: SocketAddr,
    tasks: [JoinHandle<()>; 2],
}

impl FakeServer {
    pub async fn start() -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), World::default()).await
    }

    /// A server at this address that knows this much.
    pub async fn start_at(address: SocketAddr, world: World) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Shared {
            world: Arc::new(Mutex::new(world)),
            changed: watch::Sender::new(()),
            hints: broadcast::Sender::new(8),
            origin: format!("http://{address}"),
        };
        let (storage, storing) = lies::start_storage(shared.clone()).await;
        shared.change(|world| world.storage = storage);
        let router = router(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            shared,
            address,
            tasks: [serving, storing],
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn origin(&self) -> String {
        self.shared.origin.clone()
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world.lock().unwrap()
    }

    /// Links whoever asks, now and later.
    pub fn accept(&self) {
        self.shared.change(|world| world.site = Some(SiteId::new()));
    }

    /// Publishes a state whose files the server has.
    pub fn publish(&self, state: DesiredState, files: &[&[u8]]) {
        self.shared.change(|world| {
            world.state = Some(state);
            for bytes in files {
                world.files.insert(hash(bytes), bytes.to_vec());
            }
        });
    }

    /// Tells listening players that the state changed.
    pub fn hint(&self) {
        _ = self.shared.hints.send(Hint::Changed);
    }

    /// Ends every stream of hints.
    pub fn drop_hints(&self) {
        _ = self.shared.hints.send(Hint::End);
    }

    pub fn fail_with(&self, faults: &[Fault]) {
        self.shared.change(|world| world.faults.extend(faults));
    }

    /// Waits until the world is like this.
    pub async fn until(&self, what: &str, is: impl Fn(&World) -> bool) {
        let mut changes = self.shared.changed.subscribe();
        let reached = async {
            while !is(&self.world()) {
                changes.changed().await.unwrap();
            }
        };
        let reached = tokio::time::timeout(Duration::from_secs(20), reached).await;
        assert!(reached.is_ok(), "waited in vain: {what}");
    }

    /// Waits until the player says that it shows this version.
    pub async fn until_applied(&self, version: i32) {
        self.until(&format!("version {version} is applied"), |world| {
            let last = world.reports.last();
            last.and_then(|report| report.configuration_version) == Some(version)
        })
        .await;
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

fn router(shared: Shared) -> Router {
    Router::new()
        .route(path::ENROL, post(answers::enrol))
        .route(path::ENROL_POLL, post(answers::poll))
        .route(path::CHALLENGE, post(answers::challenge))
        .route(path::TOKEN, post(answers::token))
        .route(path::STATE, get(answers::state))
        .route(path::REPORT, post(answers::report))
        .route(path::PLAYS, post(answers::plays))
        .route(path::PLAYER_EVENTS, get(hints::events))
        .route("/api/v1/player/files/{sha256}", get(lies::file))
        .layer(middleware::from_fn_with_state(shared.clone(), lies::portal))
        .with_state(shared)
}
