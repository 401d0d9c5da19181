//! Signed-in browsers, failed sign-ins and the code of the first run.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
CREATE TABLE sessions (
    id         UUID        PRIMARY KEY,
    user_id    UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    address    TEXT        NOT NULL,
    user_agent TEXT
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- key: SHA-256 of what is counted; clears_at_ms: when its failures are forgotten, since 1970.
CREATE TABLE login_throttle (
    key          TEXT   PRIMARY KEY,
    clears_at_ms BIGINT NOT NULL
);
CREATE INDEX login_throttle_end ON login_throttle (clears_at_ms);

CREATE TABLE first_run_code (
    id         INTEGER     PRIMARY KEY CHECK (id = 1),
    code_hash  TEXT        NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        let tables = ["sessions", "login_throttle", "first_run_code"];
        sql.close_to_others(&tables);
    }

    fn down(&self, sql: &mut Sql) {
        let statements =
            "DROP TABLE first_run_code; DROP TABLE login_throttle; DROP TABLE sessions;";
        sql.run(statements);
    }
}
