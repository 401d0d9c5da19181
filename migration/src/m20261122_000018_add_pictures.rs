//! Pictures beside films. What the library has so far are films.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = "
ALTER TABLE videos ADD COLUMN kind TEXT NOT NULL DEFAULT 'film' CHECK (kind IN ('film', 'picture'));
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(UP);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("ALTER TABLE videos DROP COLUMN kind;");
    }
}
