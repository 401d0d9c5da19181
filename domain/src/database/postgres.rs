//! PostgreSQL, directly or behind a transaction pooler.

use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use sea_orm::{ConnectOptions, ConnectionTrait, DbErr, RuntimeErr, SqlxError, TransactionTrait};
use secrecy::{ExposeSecret, SecretString};

use super::address::{Address, Distance, Door};
use super::{Connections, Transaction, pooler};
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
    let statements = match door(&address).await? {
        Door::Unknown => Statements::Kept,
        Door::Pooler => {
            tracing::info!("the database is behind a transaction pooler");
            let pool = open(&address, Statements::Forgotten, 1).await?;
            let statements = probe(&pool).await?;
            pool.close().await?;
            statements
        }
    };
    let pool = open(&address, statements, CONNECTIONS).await?;
    Ok(Connections::Postgres { pool, statements })
}

/// What the address says, else what stands there. Either way without a pool, which would try again
/// where a connection is refused and then only say that it waited.
async fn door(address: &Address) -> Result<Door, DbErr> {
    let failed = |error: SqlxError| DbErr::Conn(RuntimeErr::SqlxError(error.into()));
    let options: PgConnectOptions = address.url.parse().map_err(failed)?;
    let options = encrypted(options, address.distance);
    let found = match address.door {
        Door::Pooler => Door::Pooler,
        Door::Unknown => match pooler::look_for(&options).await {
            Err(error) if refuses_parameters(&error) => Door::Pooler,
            found => found.map_err(failed)?,
        },
    };
    if found == Door::Pooler {
        let plain = options.extra_float_digits(None);
        pooler::reach(&plain).await.map_err(failed)?;
    }
    Ok(found)
}

#[expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the wrapper connects"
)]
async fn open(
    address: &Address,
    statements: Statements,
    connections: u32,
) -> Result<sea_orm::DatabaseConnection, DbErr> {
    let distance = address.distance;
    let mut options = ConnectOptions::new(&address.url);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        // A dropped transaction queues its ROLLBACK, and the driver then sends it together with a
        // ping. The pooler takes the first answer for the end of the work and lends the server
        // connection to somebody else, who gets the ping's answer: so the ROLLBACK goes alone.
        .map_sqlx_postgres_pool_opts(|options| {
            options.after_release(|connection, _| {
                Box::pin(async move {
                    connection.flush().await?;
                    Ok(true)
                })
            })
        })
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
fn refuses_parameters(error: &SqlxError) -> bool {
    error.to_string().contains("startup parameter")
}

#[cfg(test)]
mod tests {
    use super::{Distance, PgConnectOptions, PgSslMode, encrypted};

    fn mode(asked: PgSslMode, distance: Distance) -> String {
        let options = PgConnectOptions::new_without_pgpass().ssl_mode(asked);
        format!("{:?}", encrypted(options, distance).get_ssl_mode())
    }

    #[test]
    fn another_machine_is_never_reached_in_clear() {
        for asked in [
            PgSslMode::Disable,
            PgSslMode::Allow,
            PgSslMode::Prefer,
            PgSslMode::Require,
        ] {
            assert_eq!(mode(asked, Distance::Remote), "Require");
        }
        assert_eq!(mode(PgSslMode::VerifyFull, Distance::Remote), "VerifyFull");
        assert_eq!(mode(PgSslMode::Disable, Distance::Local), "Disable");
    }
}
