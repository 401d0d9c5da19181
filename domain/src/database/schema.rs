//! The schema of this version.

use api::error::ErrorCode;
use chrono::{Months, NaiveDate};
use migration::{LOCK, Migrator, MigratorTrait, SHARED_NAMES};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Database;
use super::Transaction;
use crate::error::{Error, Result};

/// Brings the schema up to date, in one transaction: history is read in it too, and a failure
/// leaves everything as it was.
pub(super) async fn migrate(database: &Database) -> Result<()> {
    let transaction = database.write().await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({LOCK})");
        transaction.execute_unprepared(&lock).await?;
        if is_foreign(&transaction).await? {
            return Err(Error::refused(ErrorCode::ForeignDatabase));
        }
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether a database has no history of ours and tables of another program, such as the system before
/// this one. An SQLite file is nobody else's.
pub(super) async fn is_foreign(transaction: &Transaction) -> Result<bool> {
    let backend = transaction.get_database_backend();
    if backend != DbBackend::Postgres {
        return Ok(false);
    }
    let select = format!(
        "SELECT to_regclass('seaql_migrations') IS NULL AND ({}) AS others",
        migration::any_of(&SHARED_NAMES)
    );
    let row = transaction
        .query_one_raw(Statement::from_string(backend, select))
        .await?;
    let others = row.map(|row| row.try_get("", "others")).transpose()?;
    Ok(others.unwrap_or_default())
}

/// Months whose partition stands ready before they begin.
const MONTHS_AHEAD: u32 = 2;

impl Database {
    /// Prepares the partitions of plays from the month of `today` on. What has none lies in the
    /// default partition; nothing is lost, only slower to leave.
    pub(crate) async fn prepare_months(&self, today: NaiveDate) -> Result<()> {
        let transaction = self.write().await?;
        if transaction.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for ahead in 0..=MONTHS_AHEAD {
            let month = today + Months::new(ahead);
            let statement = format!("SELECT ensure_analytics_month('{month}')");
            transaction.execute_unprepared(&statement).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
