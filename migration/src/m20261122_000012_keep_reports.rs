//! The last report of a site's player, whole; columns only for what lists and joins need.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const GONE: [(&str, &str); 6] = [
    ("on_screen_position_ms", "BIGINT NOT NULL DEFAULT 0"),
    ("download_files", "INTEGER"),
    ("download_files_ready", "INTEGER"),
    ("download_bytes", "BIGINT"),
    ("download_bytes_ready", "BIGINT"),
    ("waiting_plays", "BIGINT"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, "ALTER TABLE sites ADD COLUMN report JSONB;").await?;
        for (column, _) in GONE {
            let statement = format!("ALTER TABLE sites DROP COLUMN {column};");
            sql::run(manager, &statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (column, kind) in GONE {
            let statement = format!("ALTER TABLE sites ADD COLUMN {column} {kind};");
            sql::run(manager, &statement).await?;
        }
        sql::run(manager, "ALTER TABLE sites DROP COLUMN report;").await
    }
}
