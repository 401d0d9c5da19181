//! People. The deployment guide's SQL inserts and updates rows of this table by hand.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE users (
    id            UUID        PRIMARY KEY DEFAULT {new_id},
    email         TEXT        NOT NULL,
    password_hash TEXT        NOT NULL,
    full_name     TEXT        NOT NULL DEFAULT '',
    role          TEXT        NOT NULL DEFAULT 'viewer',
    is_active     BOOLEAN     NOT NULL DEFAULT TRUE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT {now},
    updated_at    TIMESTAMPTZ NOT NULL DEFAULT {now}
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, TABLE).await?;
        let columns = "email, password_hash, full_name, role, is_active";
        sql::watch(manager, "users", columns, "users").await?;
        sql::close_to_others(manager, &["users"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, "DROP TABLE users;").await
    }
}
