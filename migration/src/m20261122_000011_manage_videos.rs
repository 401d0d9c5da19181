//! Tags of videos, and videos that left the library.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = "
-- A deleted video keeps its row: its plays are proof, and a player that comes back after weeks
-- still delivers some. The same bytes uploaded again bring it back.
ALTER TABLE videos ADD COLUMN deleted_at TIMESTAMPTZ;

CREATE TABLE video_tags (
    video_id UUID NOT NULL REFERENCES videos (id),
    tag      TEXT NOT NULL,
    PRIMARY KEY (video_id, tag)
);
CREATE INDEX video_tags_tag ON video_tags (tag, video_id);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(UP);
        sql.close_to_others(&["video_tags"]);
    }

    fn down(&self, sql: &mut Sql) {
        let statements = "DROP TABLE video_tags; ALTER TABLE videos DROP COLUMN deleted_at;";
        sql.run(statements);
    }
}
