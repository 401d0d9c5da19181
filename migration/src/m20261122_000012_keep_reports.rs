//! The last report of a site's player, whole; columns only for what lists and joins need.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const GONE: [(&str, &str); 6] = [
    ("on_screen_position_ms", "BIGINT NOT NULL DEFAULT 0"),
    ("download_files", "INTEGER"),
    ("download_files_ready", "INTEGER"),
    ("download_bytes", "BIGINT"),
    ("download_bytes_ready", "BIGINT"),
    ("waiting_plays", "BIGINT"),
];

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run("ALTER TABLE sites ADD COLUMN report JSONB;");
        for (column, _) in GONE {
            let statement = format!("ALTER TABLE sites DROP COLUMN {column};");
            sql.run(&statement);
        }
    }

    fn down(&self, sql: &mut Sql) {
        for (column, kind) in GONE {
            let statement = format!("ALTER TABLE sites ADD COLUMN {column} {kind};");
            sql.run(&statement);
        }
        sql.run("ALTER TABLE sites DROP COLUMN report;");
    }
}
