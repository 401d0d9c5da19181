//! PostgreSQL, directly or behind a transaction pooler.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use sea_orm::{ConnectOptions, ConnectionTrait, DbErr, TransactionTrait};
use secrecy::{ExposeSecret, SecretString};

use super::address::{Address, Distance, Door};
use super::{Connections, Transaction};
use crate::error::Result;

const CONNECTIONS: u32 = 10;
/// How long a caller waits for a connection.
const PATIENCE: Duration = Duration::from_secs(8);

/// What becomes of prepared statements between transactions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Statements {
    /// A connection of our own keeps them: four times faster.
    Kept,
    /// The next transaction may run on a server connection that has statements of the same names:
    /// every transaction first forgets them.
    Forgotten,
    /// The pooler renames them and refuses to forget them.
    Renamed,
}

impl Statements {
    /// Must be the first statement of every transaction.
    pub(super) async fn forget(self, transaction: &Transaction) -> Result<(), DbErr> {
        if self == Self::Forgotten {
            transaction.execute_unprepared("DEALLOCATE ALL").await?;
        }
        Ok(())
    }
}

pub(super) async fn connect(url: &SecretString) -> Result<Connections> {
    let address = Address::parse(url.expose_secret())?;
    if address.door == Door::Unknown {
        match open(&address, Statements::Kept).await {
            Ok(pool) => {
                return Ok(Connections::Postgres {
                    pool,
                    statements: Statements::Kept,
                });
            }
            Err(error) if refuses_parameters(&error) => {
                tracing::info!("the database is behind a transaction pooler");
            }
            Err(error) => return Err(error.into()),
        }
    }
    let pool = open(&address, Statements::Forgotten).await?;
    let statements = probe(&pool).await?;
    Ok(Connections::Postgres { pool, statements })
}

#[expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the wrapper connects"
)]
async fn open(
    address: &Address,
    statements: Statements,
) -> Result<sea_orm::DatabaseConnection, DbErr> {
    let distance = address.distance;
    let mut options = ConnectOptions::new(&address.url);
    options
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(move |options| {
            let options = encrypted(options, distance).application_name("neopro");
            match statements {
                Statements::Kept => options,
                // Poolers refuse this start-up parameter.
                _ => options.extra_float_digits(None).statement_cache_capacity(0),
            }
        });
    sea_orm::Database::connect(options).await
}

/// Other machines are reached encrypted, whatever the address says; it may ask for more.
fn encrypted(options: PgConnectOptions, distance: Distance) -> PgConnectOptions {
    match (distance, options.get_ssl_mode()) {
        (Distance::Remote, PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer) => {
            options.ssl_mode(PgSslMode::Require)
        }
        _ => options,
    }
}

/// Asks the pooler once whether it lets a transaction forget its statements.
#[expect(clippy::disallowed_types, reason = "the wrapper connects")]
async fn probe(pool: &sea_orm::DatabaseConnection) -> Result<Statements, DbErr> {
    let transaction = pool.begin().await?;
    match Statements::Forgotten.forget(&transaction).await {
        Ok(()) => Ok(Statements::Forgotten),
        Err(refusal) => {
            tracing::info!(%refusal, "the pooler keeps prepared statements by itself");
            Ok(Statements::Renamed)
        }
    }
}

/// `PgBouncer` says "unsupported startup parameter" and names it.
fn refuses_parameters(error: &DbErr) -> bool {
    error.to_string().contains("startup parameter")
}
