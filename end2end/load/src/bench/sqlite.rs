//! The embedded database without the server: the same tables, indexes and settings.

use std::path::Path;
use std::time::Duration;

use api::play::Play;
use chrono::Utc;
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sea_orm::sqlx::{AssertSqlSafe, ConnectOptions, Row, query, raw_sql};

use crate::failure::Failure;
use crate::process::Neopro;

const COLUMNS: usize = 20;
const INSERT: &str = "INSERT INTO analytics (site_id, played_at, id, boot_id, seq, video_id, \
    sha256, configuration_version, duration_ms, shown_ms, outcome, clock, site_name, video_name, \
    local_day, local_hour, utc_offset_s, received_at, corrected_at, quarantine) VALUES ";
const SCHEMA: &str = "SELECT sql FROM sqlite_master \
    WHERE tbl_name = 'analytics' AND sql > '' ORDER BY type DESC";

/// Opens a database with the settings that the server's writer has.
pub(super) async fn open(file: &Path) -> Result<SqliteConnection, Failure> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true);
    Ok(options.connect().await?)
}

/// Runs statements that stand in this program or in a database's own schema.
pub(super) async fn run(connection: &mut SqliteConnection, sql: String) -> Result<(), Failure> {
    raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}

/// A table of plays like the server's, in a database of its own on the same disk.
pub(super) struct Bare {
    connection: SqliteConnection,
}

impl Bare {
    /// Makes the table with the words that made the server's.
    pub(super) async fn beside(neopro: &Neopro) -> Result<Self, Failure> {
        let mut original = open(&neopro.database()).await?;
        let schema = query(SCHEMA).fetch_all(&mut original).await?;
        let mut connection = open(&neopro.folder().join("bare.db")).await?;
        for row in schema {
            run(&mut connection, row.get("sql")).await?;
        }
        Ok(Self { connection })
    }

    /// Inserts the plays of a site by one statement, which is one transaction.
    pub(super) async fn insert(&mut self, site: usize, plays: &[Play]) -> Result<(), Failure> {
        let row = format!("({})", vec!["?"; COLUMNS].join(","));
        let sql = INSERT.to_owned() + &vec![row; plays.len()].join(",");
        let site = vec![u8::try_from(site).unwrap_or_default(); 16];
        let received_at = Utc::now().to_rfc3339();
        let mut insert = query(AssertSqlSafe(sql));
        for play in plays {
            insert = insert
                .bind(site.clone())
                .bind(play.played_at.to_rfc3339())
                .bind(play.id.0.as_bytes().to_vec())
                .bind(play.boot_id.0.as_bytes().to_vec())
                .bind(play.seq.cast_signed())
                .bind(play.video_id.0.as_bytes().to_vec())
                .bind(play.sha256.to_string())
                .bind(play.configuration_version)
                .bind(play.duration_ms.cast_signed())
                .bind(play.shown_ms.cast_signed())
                .bind(play.outcome.as_str())
                .bind(play.clock.as_str())
                .bind("Salle 00001")
                .bind("clip-1")
                .bind(play.played_at.format("%Y-%m-%d").to_string())
                .bind(12)
                .bind(3600)
                .bind(received_at.clone())
                .bind(None::<String>)
                .bind(None::<String>);
        }
        insert.execute(&mut self.connection).await?;
        Ok(())
    }
}
