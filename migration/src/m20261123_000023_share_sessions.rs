//! What instances share: the name of their installation, who of them leads, and word of sessions
//! that ended.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
-- name: tells this installation from others that share its Redis.
-- leader: the instance that does, until then, what one alone has to do.
CREATE TABLE installation (
    id          INTEGER     PRIMARY KEY CHECK (id = 1),
    name        TEXT        NOT NULL,
    leader      UUID,
    leads_until TIMESTAMPTZ
);
INSERT INTO installation (id, name) VALUES (1, {random});
INSERT INTO changes (topic) VALUES ('sessions');
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        let random = if sql.is_sqlite() {
            "lower(hex(randomblob(16)))"
        } else {
            "replace(gen_random_uuid()::text, '-', '')"
        };
        sql.run(&TABLE.replace("{random}", random));
        sql.close_to_others(&["installation"]);
        // One that begins makes nothing stale.
        sql.tell("sessions", ("DELETE", "delete"), "sessions");
        let ends = ("UPDATE OF user_id, expires_at", "update");
        sql.tell("sessions", ends, "sessions");
    }

    fn down(&self, sql: &mut Sql) {
        for suffix in ["delete", "update"] {
            let table = if sql.is_sqlite() { "" } else { " ON sessions" };
            sql.run(&format!(
                "DROP TRIGGER sessions_changed_by_{suffix}{table};"
            ));
        }
        sql.run("DELETE FROM changes WHERE topic = 'sessions'; DROP TABLE installation;");
    }
}
