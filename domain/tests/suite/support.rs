//! A world for each test: a domain of its own on the database asked for.

pub mod hand;
pub mod library;
mod log;
pub mod mail;
pub mod parts;
pub mod post;
pub mod redis;
mod renaming;
pub mod s3;
pub mod screen;
pub mod servers;

use std::time::Duration;

pub use log::log;

use api::account::{NewAdmin, SignIn, StepUp, SteppedUp};
use api::id::{SessionId, UserId};
use api::permission::Role;
use chrono::TimeDelta;
use domain::settings::{Channels, RedisAddress};
use domain::{Actor, Client, Clock, Domain, Result, Settings};
use secrecy::ExposeSecret;
use tempfile::TempDir;

/// How long a test waits for what happens behind it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes two tests of each `async fn name(world: World)`: on SQLite, and on PostgreSQL behind
/// `PgBouncer` in transaction mode with two server connections.
macro_rules! on_every_database {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::support::World;

            #[tokio::test]
            async fn on_sqlite() {
                super::$name(World::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn behind_pgbouncer() {
                super::$name(World::behind_pgbouncer().await).await;
            }
        }
    )*};
}
pub(crate) use on_every_database;

/// A running domain with a clock that the test moves.
pub struct World {
    /// What is tested.
    pub domain: Domain,
    /// Its clock.
    pub clock: Clock,
    /// What it was opened with.
    pub settings: Settings,
    data: TempDir,
    store: Option<s3::Store>,
}

impl World {
    /// A domain on an embedded database.
    pub async fn on_sqlite() -> Self {
        Self::open(None, None, None).await
    }

    /// A domain as in production: on a PostgreSQL database of its own behind the pooler, with Redis
    /// and an object store.
    pub async fn behind_pgbouncer() -> Self {
        Self::with_redis(redis::shared()).await
    }

    /// The same, with this Redis.
    pub async fn with_redis(redis: RedisAddress) -> Self {
        let store = s3::Store::start().await;
        Self::open(Some(database()), Some(redis), Some(store)).await
    }

    /// A domain on a PostgreSQL database of its own, behind a pooler that does not say so.
    pub async fn behind_quiet_pgbouncer() -> Self {
        Self::open(Some(servers::quietly_pooled_database()), None, None).await
    }

    /// A domain on a PostgreSQL database of its own, behind a pooler that keeps prepared statements apart.
    pub async fn behind_renaming_pooler() -> Self {
        Self::open(Some(renaming::renaming_database()), None, None).await
    }

    /// A domain on a PostgreSQL database of its own, without a pooler.
    pub async fn on_postgres() -> Self {
        Self::open(Some(servers::direct_database()), None, None).await
    }

    /// Runs statements on its PostgreSQL database as its owner would by hand; gives what they print.
    pub async fn psql(&self, statements: &str) -> String {
        let url = self.settings.database_url.as_ref().unwrap();
        let name = url.expose_secret().rsplit('/').next().unwrap().to_owned();
        let statements = statements.to_owned();
        // Not on this thread: the statements may wait for a transaction that it has to end.
        let output = tokio::task::spawn_blocking(move || {
            let arguments = [
                "-At",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                &name,
                "-c",
                &statements,
            ];
            servers::client("psql", &arguments)
        });
        String::from_utf8(output.await.unwrap())
            .unwrap()
            .trim()
            .to_owned()
    }

    async fn open(
        database_url: Option<String>,
        redis: Option<RedisAddress>,
        store: Option<s3::Store>,
    ) -> Self {
        let data = tempfile::tempdir().unwrap();
        let settings = Settings {
            data: data.path().to_owned(),
            database_url: database_url.map(Into::into),
            bucket: store.as_ref().map(s3::Store::setting),
            redis,
            jwt_secret: None,
            session_life: Duration::from_hours(24),
            origins: vec!["http://localhost:3001".to_owned()],
            video_bytes: None,
            channels: Channels::default(),
            clock: Clock::default(),
        };
        Self {
            domain: Domain::open(settings.clone()).await.unwrap(),
            clock: settings.clock.clone(),
            settings,
            data,
            store,
        }
    }

    /// The same data after a restart.
    pub async fn restarted(self) -> Self {
        self.domain.close().await;
        Self {
            domain: Domain::open(self.settings.clone()).await.unwrap(),
            clock: self.clock,
            settings: self.settings,
            data: self.data,
            store: self.store,
        }
    }

    /// The same data after a restart with these channels.
    pub async fn with_channels(mut self, channels: Channels) -> Self {
        self.settings.channels = channels;
        self.restarted().await
    }

    /// Another process over the same services, with a disk of its own.
    pub async fn on_another_machine(mut self) -> Self {
        let data = tempfile::tempdir().unwrap();
        data.path().clone_into(&mut self.settings.data);
        let domain = Domain::open(self.settings.clone()).await.unwrap();
        Self {
            domain,
            data,
            ..self
        }
    }

    /// A second process on the same data.
    pub async fn another_instance(&self) -> Domain {
        Domain::open(self.settings.clone()).await.unwrap()
    }

    /// Lets time pass.
    pub fn wait(&self, time: Duration) {
        self.clock.advance(TimeDelta::from_std(time).unwrap());
    }
}

/// A database behind the pooler that `POOLER` names: the whole suite runs before each of them
/// (`make poolers`).
fn database() -> String {
    match std::env::var("POOLER").as_deref() {
        Ok("direct") => servers::direct_database(),
        Ok("quiet") => servers::quietly_pooled_database(),
        Ok("renaming") => renaming::renaming_database(),
        _ => servers::pooled_database(),
    }
}

/// The password of [`World::signed_in`].
pub const PASSWORD: &str = "Correct horse 1";

impl World {
    /// An administrator with a session.
    pub async fn signed_in(&self) -> Actor {
        let accounts = self.domain.accounts();
        if !accounts.exist().await.unwrap() {
            let new = NewAdmin {
                email: "anne@club.fr".to_owned(),
                full_name: "Anne Durand".to_owned(),
                password: PASSWORD.to_owned(),
            };
            accounts.create_admin(&Actor::System, new).await.unwrap();
        }
        let typed = SignIn {
            email: "anne@club.fr".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let session = accounts.sign_in(typed, &client("192.0.2.1")).await.unwrap();
        let token = session.token.expose_secret();
        accounts.authenticate(token).await.unwrap()
    }

    /// The administrator types this password again.
    pub async fn step_up(&self, actor: &Actor, password: &str) -> Result<SteppedUp> {
        let typed = StepUp {
            password: password.to_owned(),
        };
        let accounts = self.domain.accounts();
        accounts.step_up(actor, typed, &client("192.0.2.1")).await
    }
}

/// What `look` gives once it gives something: what is written behind is there within seconds.
pub async fn eventually<T>(look: impl AsyncFn() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "nothing within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Somebody of this role who need not have signed in.
pub fn somebody(role: Role) -> Actor {
    Actor::Person {
        id: UserId::new(),
        session: SessionId::new(),
        role,
        name: "Anne Durand".to_owned(),
    }
}

/// An administrator.
pub fn admin() -> Actor {
    somebody(Role::Admin)
}

/// A browser of this address.
pub fn client(address: &str) -> Client {
    Client {
        address: address.parse().unwrap(),
        user_agent: Some("Firefox".to_owned()),
    }
}

/// What a refused verb tells its caller.
pub fn code_of<T: std::fmt::Debug>(outcome: Result<T>) -> api::error::ErrorCode {
    api::error::ApiError::from(outcome.unwrap_err()).code
}
