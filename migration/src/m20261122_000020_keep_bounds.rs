//! The times between which a play happened whose boot did not know the time.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            "ALTER TABLE analytics ADD COLUMN not_before TIMESTAMPTZ;
             ALTER TABLE analytics ADD COLUMN not_after TIMESTAMPTZ;",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            "ALTER TABLE analytics DROP COLUMN not_before;
             ALTER TABLE analytics DROP COLUMN not_after;",
        )
        .await
    }
}
