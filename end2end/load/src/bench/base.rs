//! What a measured server stands on: its embedded database, or PostgreSQL behind PgBouncer.

use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{AssertSqlSafe, Connection, raw_sql};
use uuid::Uuid;

use crate::failure::Failure;

/// What a server stands on.
pub(crate) enum Base {
    /// SQLite in its own folder.
    Embedded,
    /// A database of its own.
    Postgres(Postgres),
}

/// A PostgreSQL, and the pooler before it.
pub(crate) struct Postgres {
    /// `postgresql://…` of the database itself.
    pub(crate) direct: String,
    /// The same through the pooler.
    pooled: String,
}

impl Base {
    /// What the server is told of it.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Embedded => Vec::new(),
            Self::Postgres(postgres) => {
                vec![(
                    "DATABASE_URL",
                    format!("{}?pgbouncer=true", postgres.pooled),
                )]
            }
        }
    }

    /// PostgreSQL, where a measure needs it.
    pub(crate) fn postgres(&self) -> Result<&Postgres, Failure> {
        match self {
            Self::Postgres(postgres) => Ok(postgres),
            Self::Embedded => Err(Failure::unmet("this is measured on PostgreSQL")),
        }
    }
}

impl Postgres {
    /// An empty database of the PostgreSQL that stands by (`BENCH_POSTGRES`, `BENCH_POOLER`).
    pub(crate) async fn create() -> Result<Self, Failure> {
        let named = |name| std::env::var(name).map_err(|_| Failure::unmet(format!("no {name}")));
        let (postgres, pooler) = (named("BENCH_POSTGRES")?, named("BENCH_POOLER")?);
        let name = format!("bench_{}", Uuid::new_v4().simple());
        let mut maker = PgConnection::connect(&format!("{postgres}/postgres")).await?;
        let create = format!("CREATE DATABASE {name}");
        raw_sql(AssertSqlSafe(create)).execute(&mut maker).await?;
        Ok(Self {
            direct: format!("{postgres}/{name}"),
            pooled: format!("{pooler}/{name}"),
        })
    }

    /// A connection to the database itself.
    pub(crate) async fn connect(&self) -> Result<PgConnection, Failure> {
        Ok(PgConnection::connect(&self.direct).await?)
    }
}
