//! Passwords that were forgotten: what the links of mails stand for.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
-- token_hash: SHA-256 of what the link holds; nothing until its mail goes out. ended_at: when it was used, or
-- when another took its place.
CREATE TABLE password_resets (
    id         UUID        PRIMARY KEY,
    user_id    UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash TEXT        UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at   TIMESTAMPTZ
);
CREATE INDEX password_resets_user ON password_resets (user_id, created_at);
CREATE INDEX password_resets_expiry ON password_resets (expires_at);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        sql.close_to_others(&["password_resets"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE password_resets;");
    }
}
