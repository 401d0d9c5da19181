//! Schema history: one file per change, never edited once released.
//!
//! The SQL is written once for PostgreSQL and SQLite; `sql` fills in the few words that differ.
//! Times are `TIMESTAMPTZ` (text with zone on SQLite), ids `UUID` (16 bytes on SQLite), JSON `JSONB`
//! (text on SQLite). Everything runs inside the one transaction of the caller: no `CONCURRENTLY`.
#![warn(missing_docs)]

mod m20261122_000001_create_changes;
mod m20261122_000002_create_users;
mod m20261122_000003_create_sessions;
mod m20261122_000004_create_sites;
mod m20261122_000005_create_players;
mod m20261122_000006_create_videos;
mod m20261122_000007_create_configurations;
mod m20261122_000008_create_plays;
mod m20261122_000009_create_audit;
mod m20261122_000010_create_uploads;
mod m20261122_000011_manage_videos;
mod m20261122_000012_keep_reports;
mod m20261122_000013_create_health;
mod m20261122_000015_add_key_states;
mod m20261122_000016_add_session_use;
mod m20261122_000017_keep_writers_out;
mod m20261122_000018_add_pictures;
mod m20261122_000019_roll_up_plays;
mod m20261122_000020_keep_bounds;
mod m20261122_000021_keep_screens;
mod m20261122_000022_create_groups;
mod m20261123_000023_share_sessions;
mod m20261123_000024_create_messages;
mod m20261123_000026_count_refreshes;
mod m20261123_000027_create_password_resets;
mod m20261123_000028_reconcile_storage;
mod m20261123_000029_send_straight_to_the_bucket;
mod m20261123_000030_watch_publications;
mod script;
mod sql;

pub use script::{SHARED_NAMES, Script, any_of, tables};
pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;
use sql::{Change, Sql};

/// Names the PostgreSQL lock that lets one process migrate at a time; any number that nobody else uses.
pub const LOCK: i64 = 0x6e65_6f70_726f;

/// Every change, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let step = |change| Box::new(Step(change)) as Box<dyn MigrationTrait>;
        changes().into_iter().map(step).collect()
    }
}

fn changes() -> Vec<Box<dyn Change>> {
    vec![
        Box::new(m20261122_000001_create_changes::Migration),
        Box::new(m20261122_000002_create_users::Migration),
        Box::new(m20261122_000003_create_sessions::Migration),
        Box::new(m20261122_000004_create_sites::Migration),
        Box::new(m20261122_000005_create_players::Migration),
        Box::new(m20261122_000006_create_videos::Migration),
        Box::new(m20261122_000007_create_configurations::Migration),
        Box::new(m20261122_000008_create_plays::Migration),
        Box::new(m20261122_000009_create_audit::Migration),
        Box::new(m20261122_000010_create_uploads::Migration),
        Box::new(m20261122_000011_manage_videos::Migration),
        Box::new(m20261122_000012_keep_reports::Migration),
        Box::new(m20261122_000013_create_health::Migration),
        Box::new(m20261122_000015_add_key_states::Migration),
        Box::new(m20261122_000016_add_session_use::Migration),
        Box::new(m20261122_000017_keep_writers_out::Migration),
        Box::new(m20261122_000018_add_pictures::Migration),
        Box::new(m20261122_000019_roll_up_plays::Migration),
        Box::new(m20261122_000020_keep_bounds::Migration),
        Box::new(m20261122_000021_keep_screens::Migration),
        Box::new(m20261122_000022_create_groups::Migration),
        Box::new(m20261123_000023_share_sessions::Migration),
        Box::new(m20261123_000024_create_messages::Migration),
        Box::new(m20261123_000026_count_refreshes::Migration),
        Box::new(m20261123_000027_create_password_resets::Migration),
        Box::new(m20261123_000028_reconcile_storage::Migration),
        Box::new(m20261123_000029_send_straight_to_the_bucket::Migration),
        Box::new(m20261123_000030_watch_publications::Migration),
    ]
}

/// A change as sea-orm runs it: its statements together.
struct Step(Box<dyn Change>);

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sql = Sql::of(manager.get_database_backend());
        self.0.up(&mut sql);
        run(manager, sql).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sql = Sql::of(manager.get_database_backend());
        self.0.down(&mut sql);
        run(manager, sql).await
    }
}

async fn run(manager: &SchemaManager<'_>, sql: Sql) -> Result<(), DbErr> {
    let statements = sql.text();
    if !statements.is_empty() {
        let connection = manager.get_connection();
        connection.execute_unprepared(&statements).await?;
    }
    Ok(())
}
