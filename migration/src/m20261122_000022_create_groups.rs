//! Named sets of sites.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE groups (
    id         UUID        PRIMARY KEY DEFAULT {new_id},
    name       TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT {now},
    updated_at TIMESTAMPTZ NOT NULL DEFAULT {now}
);
CREATE UNIQUE INDEX groups_name ON groups (lower(name));
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLE);
        sql.close_to_others(&["groups"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE groups;");
    }
}
