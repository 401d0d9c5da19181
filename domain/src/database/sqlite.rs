//! The embedded database.

use std::path::Path;
use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::Connections;
use crate::error::Result;

const FILE: &str = "neopro.db";
const READERS: u32 = 8;
/// Rows that wait between SQLite's thread and who reads them: more than a page of a list has, so that
/// neither wakes the other for each row.
const ROWS: usize = 256;
/// How long one process waits for another (a shell, a backup) that holds the file.
const BUSY: Duration = Duration::from_secs(10);

/// Whether the file is there; connecting makes it.
pub(super) fn exists(data: &Path) -> bool {
    data.join(FILE).exists()
}

pub(super) async fn connect(data: &Path) -> Result<Connections> {
    let file = data.join(FILE);
    // The writer first: it creates the file and turns WAL on.
    let writer = open(&file, Access::Write, 1).await?;
    let readers = open(&file, Access::Read, READERS).await?;
    Ok(Connections::Sqlite { readers, writer })
}

#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

#[expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the wrapper connects"
)]
async fn open(
    file: &Path,
    access: Access,
    connections: u32,
) -> Result<sea_orm::DatabaseConnection> {
    let file = file.to_owned();
    // The path goes in below: it need not be a URL.
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .max_connections(connections)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options: SqliteConnectOptions| {
            let options = options
                .filename(&file)
                .in_memory(false)
                .shared_cache(false)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // What was acknowledged survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY)
                .row_buffer_size(ROWS)
                .foreign_keys(true);
            match access {
                Access::Read => options.pragma("query_only", "ON"),
                Access::Write => options,
            }
        });
    Ok(sea_orm::Database::connect(options).await?)
}
