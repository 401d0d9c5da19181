//! What the states of players are made of is watched whole: which version of its site is published,
//! and which videos the library has.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        let published = ("UPDATE OF published_version", "publication");
        sql.tell("sites", published, "configurations");
        let library = ("UPDATE OF kind, video_codec, deleted_at", "library");
        sql.tell("videos", library, "videos");
    }

    fn down(&self, sql: &mut Sql) {
        for (table, suffix) in [("sites", "publication"), ("videos", "library")] {
            sql.forget(table, suffix);
        }
    }
}
