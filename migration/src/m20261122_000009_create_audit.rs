//! Who changed what, and when.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE audit (
    id          UUID        PRIMARY KEY,
    at          TIMESTAMPTZ NOT NULL,
    actor_kind  TEXT        NOT NULL,
    actor_id    UUID,
    actor_name  TEXT        NOT NULL,
    action      TEXT        NOT NULL,
    object_id   UUID,
    details     JSONB       NOT NULL
);
CREATE INDEX audit_newest ON audit (at);
CREATE INDEX audit_object ON audit (object_id, at);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, TABLE).await?;
        sql::close_to_others(manager, &["audit"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, "DROP TABLE audit;").await
    }
}
