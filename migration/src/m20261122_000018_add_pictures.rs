//! Pictures beside films. What the library has so far are films.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = "
ALTER TABLE videos ADD COLUMN kind TEXT NOT NULL DEFAULT 'film' CHECK (kind IN ('film', 'picture'));
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, "ALTER TABLE videos DROP COLUMN kind;").await
    }
}
