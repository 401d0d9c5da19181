//! How far the video on a site's screen was, beside which one: lists of sites need not read reports.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            "ALTER TABLE sites ADD COLUMN on_screen_since TIMESTAMPTZ;
             ALTER TABLE sites ADD COLUMN on_screen_position_ms BIGINT;",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            "ALTER TABLE sites DROP COLUMN on_screen_since;
             ALTER TABLE sites DROP COLUMN on_screen_position_ms;",
        )
        .await
    }
}
