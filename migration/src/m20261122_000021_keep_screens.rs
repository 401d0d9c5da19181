//! How far the video on a site's screen was, beside which one: lists of sites need not read reports.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(
            "ALTER TABLE sites ADD COLUMN on_screen_since TIMESTAMPTZ;
             ALTER TABLE sites ADD COLUMN on_screen_position_ms BIGINT;",
        );
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(
            "ALTER TABLE sites DROP COLUMN on_screen_since;
             ALTER TABLE sites DROP COLUMN on_screen_position_ms;",
        );
    }
}
