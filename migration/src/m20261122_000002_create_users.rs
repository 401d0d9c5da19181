//! People. The deployment guide's SQL inserts and updates rows of this table by hand.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

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

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLE);
        let columns = "email, password_hash, full_name, role, is_active";
        sql.watch("users", columns, "users");
        sql.close_to_others(&["users"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE users;");
    }
}
