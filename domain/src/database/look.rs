//! A look at a database that changes nothing.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use secrecy::SecretString;

use super::{Connections, Database, Transaction, postgres, schema, sqlite};
use crate::Clock;
use crate::error::Result;

/// What a database is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatabaseLook {
    /// `PostgreSQL 15.4` or `SQLite 3.51.3`.
    pub server: String,
    /// Whether a transaction pooler stands before it.
    pub is_pooled: bool,
    /// What is in it.
    pub content: Content,
    /// How far its clock is ahead of this machine's; nothing where it has none of its own.
    pub ahead: Option<TimeDelta>,
}

/// What is in a database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Content {
    /// The tables of this version, but for so many steps.
    Ours {
        /// Steps that the next start makes.
        pending: usize,
    },
    /// The tables of another program.
    Foreign,
}

/// Connects as the server would and looks.
pub(crate) async fn look(
    url: Option<&SecretString>,
    data: &Path,
    clock: &Clock,
) -> Result<DatabaseLook> {
    let connections = match url {
        Some(url) => postgres::connect(url).await?,
        None if sqlite::exists(data) => sqlite::connect(data).await?,
        // Made by the first start, and as the server's own: not by who looks.
        None => return Ok(not_yet()),
    };
    let is_pooled = match &connections {
        Connections::Postgres { statements, .. } => *statements != postgres::Statements::Kept,
        Connections::Sqlite { .. } => false,
    };
    let database = Database { connections };
    let found = async {
        let transaction = database.read().await?;
        Ok(DatabaseLook {
            server: server(&transaction).await?,
            is_pooled,
            content: content(&transaction).await?,
            ahead: ahead(&transaction, clock).await?,
        })
    }
    .await;
    database.close().await?;
    found
}

fn not_yet() -> DatabaseLook {
    DatabaseLook {
        server: "SQLite".to_owned(),
        is_pooled: false,
        content: Content::Ours {
            pending: Migrator::migrations().len(),
        },
        ahead: None,
    }
}

async fn server(transaction: &Transaction) -> Result<String> {
    let backend = transaction.get_database_backend();
    let (name, select) = match backend {
        DbBackend::Postgres => (
            "PostgreSQL",
            "SELECT current_setting('server_version') AS version",
        ),
        _ => ("SQLite", "SELECT sqlite_version() AS version"),
    };
    let row = transaction
        .query_one_raw(Statement::from_string(backend, select))
        .await?;
    let version = row
        .map(|row| row.try_get::<String>("", "version"))
        .transpose()?;
    Ok(format!("{name} {}", version.unwrap_or_default()))
}

async fn ahead(transaction: &Transaction, clock: &Clock) -> Result<Option<TimeDelta>> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let select = "SELECT clock_timestamp() AS time";
    let asked = Statement::from_string(DbBackend::Postgres, select);
    let row = transaction.query_one_raw(asked).await?;
    let time = row.map(|row| row.try_get::<DateTime<Utc>>("", "time"));
    Ok(time.transpose()?.map(|time| time - clock.now()))
}

async fn content(transaction: &Transaction) -> Result<Content> {
    if schema::is_foreign(transaction).await? {
        return Ok(Content::Foreign);
    }
    let pending = Migrator::get_pending_migrations_read_only(transaction).await?;
    Ok(Content::Ours {
        pending: pending.len(),
    })
}
