//! What a session was confirmed and used for last.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = "
-- step_up_at: when the password was typed again. last_used_at: at most some minutes behind.
ALTER TABLE sessions ADD COLUMN step_up_at TIMESTAMPTZ;
ALTER TABLE sessions ADD COLUMN last_used_at TIMESTAMPTZ;
";

const UNDO: &str = "
ALTER TABLE sessions DROP COLUMN last_used_at;
ALTER TABLE sessions DROP COLUMN step_up_at;
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(COLUMNS);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(UNDO);
    }
}
