//! A world for each test: a domain of its own on the database asked for.

pub mod hand;
pub mod library;
pub mod screen;
pub mod servers;

use std::time::Duration;

use api::id::{SessionId, UserId};
use api::permission::Role;
use chrono::TimeDelta;
use domain::{Actor, Client, Clock, Domain, Settings};
use tempfile::TempDir;

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
}

impl World {
    /// A domain on an embedded database.
    pub async fn on_sqlite() -> Self {
        Self::open(None).await
    }

    /// A domain on a PostgreSQL database of its own, behind the pooler.
    pub async fn behind_pgbouncer() -> Self {
        Self::open(Some(servers::pooled_database())).await
    }

    /// A domain on a PostgreSQL database of its own, without a pooler.
    pub async fn on_postgres() -> Self {
        Self::open(Some(servers::direct_database())).await
    }

    /// The address of its PostgreSQL database.
    pub fn database_url(&self) -> String {
        let url = self.settings.database_url.as_ref().unwrap();
        secrecy::ExposeSecret::expose_secret(url).to_owned()
    }

    async fn open(database_url: Option<String>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let settings = Settings {
            data: data.path().to_owned(),
            database_url: database_url.map(Into::into),
            jwt_secret: None,
            session_life: Duration::from_hours(24),
            origins: vec!["http://localhost:3001".to_owned()],
            video_bytes: None,
            clock: Clock::default(),
        };
        Self {
            domain: Domain::open(settings.clone()).await.unwrap(),
            clock: settings.clock.clone(),
            settings,
            data,
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
pub fn code_of<T: std::fmt::Debug>(outcome: domain::Result<T>) -> api::error::ErrorCode {
    api::error::ApiError::from(outcome.unwrap_err()).code
}
