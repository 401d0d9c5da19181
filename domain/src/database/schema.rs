//! The schema of this version.

use chrono::{Months, NaiveDate};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend};

use super::Database;
use crate::error::Result;

/// Names the lock that lets one instance migrate at a time; any number that nobody else uses.
const LOCK: i64 = 0x6e65_6f70_726f;

/// Brings the schema up to date, in one transaction: history is read in it too, and a failure
/// leaves everything as it was.
pub(super) async fn migrate(database: &Database) -> Result<()> {
    let transaction = database.write().await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({LOCK})");
        transaction.execute_unprepared(&lock).await?;
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await?;
    Ok(())
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
