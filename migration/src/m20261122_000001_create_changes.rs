//! What every instance watches, so that it forgets what it cached.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE changes (
    topic   TEXT   PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 0
);
INSERT INTO changes (topic) VALUES ('users'), ('sites'), ('players'), ('videos'), ('configurations');
";

const FUNCTION: &str = "
CREATE FUNCTION bump_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE changes SET version = version + 1 WHERE topic = TG_ARGV[0];
    RETURN NULL;
END
$$;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, TABLE).await?;
        sql::on_postgres(manager, FUNCTION).await?;
        sql::close_to_others(manager, &["changes", "seaql_migrations"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::on_postgres(manager, "DROP FUNCTION bump_changes();").await?;
        sql::run(manager, "DROP TABLE changes;").await
    }
}
