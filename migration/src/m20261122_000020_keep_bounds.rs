//! The times between which a play happened whose boot did not know the time.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(
            "ALTER TABLE analytics ADD COLUMN not_before TIMESTAMPTZ;
             ALTER TABLE analytics ADD COLUMN not_after TIMESTAMPTZ;",
        );
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(
            "ALTER TABLE analytics DROP COLUMN not_before;
             ALTER TABLE analytics DROP COLUMN not_after;",
        );
    }
}
