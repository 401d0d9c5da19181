//! What NeoPro does: services over a private database, storage and caches. No HTTP, no HTML.
//!
//! A door (REST handler or server function) is one line over a verb of this crate:
//! `domain.sites().create(&actor, new).await`. Every verb takes the [`Actor`] first and goes:
//! permit, validate, one transaction {change, audit entry, outgoing messages}, publish, return.
#![warn(missing_docs)]

pub mod account;
pub mod actor;
pub mod alert;
mod audit;
pub mod backup;
mod bus;
mod changes;
pub mod clock;
pub mod configuration;
mod database;
pub mod enrolment;
mod entity;
pub mod error;
pub mod figures;
pub mod foreign;
mod gather;
pub mod health;
pub mod home;
mod ingest;
mod installation;
mod jobs;
mod keys;
mod lease;
pub mod linked_key;
pub mod live;
pub mod message;
mod network;
pub mod play;
pub mod player;
mod reconcile;
mod redis;
pub mod settings;
pub mod site;
pub mod storage;
pub mod telemetry;
pub mod upload;
pub mod video;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use actor::{Actor, Client};
pub use clock::Clock;
pub use database::{Content, DatabaseFault, DatabaseLook, Script};
pub use error::{Error, Result};
pub use message::{look_at_mail, look_at_slack};
pub use redis::{RedisFault, look as look_at_redis};
pub use settings::Settings;
pub use storage::{BucketFault, BucketLook, look as look_at_bucket};

/// The whole product behind its doors; a cheap handle on shared state.
#[derive(Clone)]
pub struct Domain {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    clock: Clock,
    database: database::Database,
    storage: storage::Storage,
    direct_origin: Option<String>,
    keys: keys::Keys,
    redis: Option<redis::Redis>,
    lease: lease::Lease,
    changes: changes::Changes,
    bus: bus::Bus,
    followers: CancellationToken,
    reports: ingest::Reports,
    telemetry: telemetry::Memory,
    deliveries: play::Deliveries,
    hashing: account::Hashing,
    sessions: account::Cache,
    players: player::Memory,
    keys_asked: linked_key::Asked,
    states_asked: player::state::Asked,
    guesses: enrolment::Guesses,
    boots: linked_key::boot::Boots,
    turns: upload::Turns,
    probing: video::Probing,
    mailer: message::Mailer,
    slack: Option<message::Slack>,
    failures: alert::Failures,
    jobs: TaskTracker,
    stop: CancellationToken,
    leaving: AtomicBool,
}

impl Domain {
    /// Opens database and storage, runs pending migrations and starts the jobs.
    ///
    /// # Errors
    /// When the database cannot be reached or migrated, or the data folder cannot be written.
    pub async fn open(settings: Settings) -> Result<Self> {
        make_folder(&settings.data).await?;
        let database =
            database::Database::open(settings.database_url.as_ref(), &settings.data).await?;
        let shared = installation::redis(settings.redis.as_ref(), &database).await?;
        let (redis, ear) = shared.unzip();
        let files = settings.data.join("files");
        let storage = storage::Storage::open(settings.bucket.as_ref(), &files).await?;
        let inner = Inner {
            direct_origin: storage.direct_origin().await,
            storage,
            database,
            redis,
            lease: lease::Lease::default(),
            keys: keys::Keys::open(settings.jwt_secret.as_ref(), &settings.data).await?,
            clock: settings.clock.clone(),
            changes: changes::Changes::new(),
            bus: bus::Bus::default(),
            followers: CancellationToken::new(),
            reports: ingest::Reports::default(),
            telemetry: telemetry::Memory::new(settings.clock.now()),
            deliveries: play::Deliveries::default(),
            hashing: account::Hashing::default(),
            sessions: account::Cache::default(),
            players: player::Memory::default(),
            keys_asked: linked_key::Asked::default(),
            states_asked: player::state::Asked::default(),
            guesses: enrolment::Guesses::default(),
            boots: linked_key::boot::Boots::default(),
            turns: upload::Turns::default(),
            probing: video::Probing::default(),
            mailer: message::Mailer::of(settings.channels.mail.as_ref()),
            slack: settings.channels.slack.as_ref().map(message::Slack::of),
            failures: alert::Failures::default(),
            jobs: TaskTracker::new(),
            stop: CancellationToken::new(),
            leaving: AtomicBool::new(false),
            settings,
        };
        let domain = Self {
            inner: Arc::new(inner),
        };
        domain.inner.changes.refresh(&domain.inner.database).await?;
        // Before the first request: Redis may have been emptied while nobody looked.
        account::epoch::check(&domain).await?;
        lease::renew(&domain).await?;
        jobs::start(&domain, ear);
        Ok(domain)
    }

    /// Brings the database of these settings up to date, and nothing else.
    ///
    /// # Errors
    /// As [`Domain::open`].
    pub async fn migrate(settings: &Settings) -> Result<()> {
        make_folder(&settings.data).await?;
        let url = settings.database_url.as_ref();
        let database = database::Database::open(url, &settings.data).await?;
        database.close().await
    }

    /// Reaches the database of these settings as [`Domain::open`] does, and changes nothing in it.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn look(settings: &Settings) -> Result<DatabaseLook> {
        let (url, clock) = (settings.database_url.as_ref(), &settings.clock);
        database::look(url, &settings.data, clock).await
    }

    /// Stops the jobs, which write what waits in memory, and closes the database.
    pub async fn close(self) {
        self.events().close();
        self.inner.stop.cancel();
        self.inner.jobs.close();
        self.inner.jobs.wait().await;
        if let Err(error) = lease::release(&self).await {
            tracing::warn!(%error, "the lease was not given back");
        }
        if let Some(redis) = &self.inner.redis {
            redis.close().await;
        }
        if let Err(error) = self.inner.database.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }

    /// People and their sessions.
    pub fn accounts(&self) -> account::Accounts<'_> {
        account::Accounts(self)
    }

    /// Clubs' places.
    pub fn sites(&self) -> site::Sites<'_> {
        site::Sites(self)
    }

    /// Screens that wait to be linked.
    pub fn enrolments(&self) -> enrolment::Enrolments<'_> {
        enrolment::Enrolments(self)
    }

    /// The keys of sites' screens.
    pub fn linked_keys(&self) -> linked_key::LinkedKeys<'_> {
        linked_key::LinkedKeys(self)
    }

    /// Linked screens.
    pub fn players(&self) -> player::Players<'_> {
        player::Players(self)
    }

    /// The library.
    pub fn videos(&self) -> video::Videos<'_> {
        video::Videos(self)
    }

    /// Files on their way into the library.
    pub fn uploads(&self) -> upload::Uploads<'_> {
        upload::Uploads(self)
    }

    /// Files of the storage that no video names.
    pub fn foreign(&self) -> foreign::ForeignObjects<'_> {
        foreign::ForeignObjects(self)
    }

    /// What each TV does.
    pub fn configurations(&self) -> configuration::Configurations<'_> {
        configuration::Configurations(self)
    }

    /// The proof.
    pub fn plays(&self) -> play::Plays<'_> {
        play::Plays(self)
    }

    /// What changes, while somebody looks.
    pub fn events(&self) -> live::Events<'_> {
        live::Events(self)
    }

    /// How the machines behind the TVs are.
    pub fn telemetry(&self) -> telemetry::Telemetry<'_> {
        telemetry::Telemetry(self)
    }

    /// What people are told of until it ends.
    pub fn alerts(&self) -> alert::Alerts<'_> {
        alert::Alerts(self)
    }

    /// What goes out to people.
    pub fn messages(&self) -> message::Messages<'_> {
        message::Messages(self)
    }

    /// Where failures of this very process are counted, for who is to be told of them.
    pub fn failures(&self) -> alert::Failures {
        self.inner.failures.clone()
    }

    /// The fleet at a glance.
    pub fn home(&self) -> home::Overview<'_> {
        home::Overview(self)
    }
}

/// Makes the data folder. Passwords' hashes and secrets live there: nobody else on the machine may look.
async fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = tokio::fs::DirBuilder::new();
    Ok(builder.recursive(true).mode(0o700).create(folder).await?)
}
