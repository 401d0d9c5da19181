//! What every instance watches, so that it forgets what it cached.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

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

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLE);
        sql.on_postgres(FUNCTION);
        sql.close_to_others(&["changes", "seaql_migrations"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.on_postgres("DROP FUNCTION bump_changes();");
        sql.run("DROP TABLE changes;");
    }
}
