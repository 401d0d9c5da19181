//! Sessions of browsers that keep no cookie of ours: how often their tokens were renewed.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = "
-- refreshes: names the one refresh token that is good; the one before it was used at refreshed_at.
ALTER TABLE sessions ADD COLUMN refreshes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN refreshed_at TIMESTAMPTZ;
";

const UNDO: &str = "
ALTER TABLE sessions DROP COLUMN refreshed_at;
ALTER TABLE sessions DROP COLUMN refreshes;
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(COLUMNS);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(UNDO);
    }
}
