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
mod sql;

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Every change, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
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
        ]
    }
}
