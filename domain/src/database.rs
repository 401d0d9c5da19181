//! The one way into the database: every unit of work is a transaction.
//!
//! A pooler that hands out server connections by transaction gives a statement outside one to any
//! connection, and SQLite lets one writer in at a time: hence [`Database::read`] and
//! [`Database::write`] and nothing else. A transaction that is dropped is undone.

mod address;
mod fault;
mod look;
mod page;
mod pooler;
mod postgres;
mod schema;
mod search;
mod sqlite;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode, SqlxError,
    TransactionOptions, TransactionTrait,
};
use secrecy::SecretString;

use self::postgres::Statements;
use crate::error::{Error, Result};

pub use fault::DatabaseFault;
pub(crate) use look::look;
pub use look::{Content, DatabaseLook};
pub use migration::Script;
pub(crate) use page::page;
pub(crate) use search::matches;

/// A transaction; `commit().await?` keeps what it did, dropping it does not.
pub(crate) type Transaction = DatabaseTransaction;

/// How often a transaction is tried to be begun, and how long to wait in between.
const BEGIN_TRIES: u32 = 4;
const BEGIN_PAUSE: Duration = Duration::from_millis(50);

/// The database of this process.
#[derive(Debug)]
pub(crate) struct Database {
    connections: Connections,
}

#[expect(clippy::disallowed_types, reason = "this wrapper is the way in")]
#[derive(Debug)]
enum Connections {
    /// SQLite takes one writer at a time and any number of readers beside it.
    Sqlite {
        readers: sea_orm::DatabaseConnection,
        writer: sea_orm::DatabaseConnection,
    },
    Postgres {
        pool: sea_orm::DatabaseConnection,
        statements: Statements,
    },
}

impl Database {
    /// Opens the database of `url`, or the embedded one in the folder `data`, and brings its
    /// schema up to date.
    pub(crate) async fn open(url: Option<&SecretString>, data: &Path) -> Result<Self> {
        let connections = match url {
            Some(url) => postgres::connect(url).await?,
            None => sqlite::connect(data).await?,
        };
        let database = Self { connections };
        if let Err(error) = schema::migrate(&database).await {
            // A connection left behind would keep the lock of migrations.
            database.close().await?;
            return Err(error);
        }
        Ok(database)
    }

    /// Begins a transaction that only reads; there is no need to commit it.
    pub(crate) async fn read(&self) -> Result<Transaction> {
        match &self.connections {
            Connections::Sqlite { readers, .. } => begin(readers.clone(), None, Statements::Kept),
            Connections::Postgres { pool, statements } => begin(pool.clone(), None, *statements),
        }
        .await
    }

    /// Begins a transaction that may write. On SQLite it waits for the writer before it.
    pub(crate) async fn write(&self) -> Result<Transaction> {
        match &self.connections {
            Connections::Sqlite { writer, .. } => {
                let mode = Some(SqliteTransactionMode::Immediate);
                begin(writer.clone(), mode, Statements::Kept).await
            }
            Connections::Postgres { .. } => self.read().await,
        }
    }

    /// Begins a transaction that only reads, and sees the database as it is now for as long as it lasts.
    pub(crate) async fn snapshot(&self) -> Result<Transaction> {
        let Connections::Postgres { pool, statements } = &self.connections else {
            // Its readers always do.
            return self.read().await;
        };
        // Only what was asked for before anything else counts.
        let transaction = begin(pool.clone(), None, Statements::Kept).await?;
        let level = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        transaction.execute_unprepared(level).await?;
        statements.forget(&transaction).await?;
        Ok(transaction)
    }

    /// Waits for running transactions and closes the connections.
    pub(crate) async fn close(&self) -> Result<()> {
        match &self.connections {
            Connections::Sqlite { readers, writer } => {
                readers.close_by_ref().await?;
                // Last, so that SQLite can fold its log into the file.
                writer.close_by_ref().await?;
            }
            Connections::Postgres { pool, .. } => pool.close_by_ref().await?,
        }
        Ok(())
    }
}

/// Begins in a task of its own, which goes on when the caller gives up: the driver leaves a
/// transaction open whose BEGIN is given up, and behind a pooler such a connection keeps a server
/// connection for ever.
#[expect(clippy::disallowed_types, reason = "this wrapper is the way in")]
async fn begin(
    connection: sea_orm::DatabaseConnection,
    mode: Option<SqliteTransactionMode>,
    statements: Statements,
) -> Result<Transaction> {
    let begun = tokio::spawn(async move {
        let transaction = try_to_begin(&connection, mode).await?;
        statements.forget(&transaction).await?;
        Ok::<_, DbErr>(transaction)
    });
    let begun = begun.await;
    Ok(begun.map_err(|cause| Error::Internal(format!("no transaction: {cause}")))??)
}

/// Tries again where a connection was lost or the database was busy: nothing was done yet.
#[expect(clippy::disallowed_types, reason = "this wrapper is the way in")]
async fn try_to_begin(
    connection: &sea_orm::DatabaseConnection,
    mode: Option<SqliteTransactionMode>,
) -> Result<Transaction, DbErr> {
    let mut tries = 1;
    loop {
        let options = TransactionOptions {
            sqlite_transaction_mode: mode,
            ..TransactionOptions::default()
        };
        match connection.begin_with_options(options).await {
            Err(error) if tries < BEGIN_TRIES && is_passing(&error) => {
                tokio::time::sleep(BEGIN_PAUSE * tries).await;
                tries += 1;
            }
            outcome => return outcome,
        }
    }
}

/// Whether the same may succeed a moment later: `SQLITE_BUSY`, a connection lost, a server that
/// starts or stops.
fn is_passing(error: &DbErr) -> bool {
    match sqlx_error(error) {
        Some(SqlxError::Io(_)) => true,
        Some(SqlxError::Database(cause)) => cause
            .code()
            .is_some_and(|code| code == "5" || code.starts_with("08") || code.starts_with("57P")),
        _ => false,
    }
}

fn sqlx_error(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}
