//! Who changed what, and when.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

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

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLE);
        sql.close_to_others(&["audit"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE audit;");
    }
}
