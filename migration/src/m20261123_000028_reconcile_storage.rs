//! What was found of the storage: videos whose file is gone, and files that no video names.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = "
-- missing_since: when the video's file was first found not to be in the storage.
ALTER TABLE videos ADD COLUMN missing_since TIMESTAMPTZ;
CREATE INDEX videos_missing ON videos (id) WHERE missing_since IS NOT NULL;
CREATE INDEX videos_storage_key ON videos (storage_key);

-- seen_at: the last look at the storage that saw the object; one that it does not see takes the row away.
-- state: found, waiting (to be imported), imported, known (the library had these bytes), refused, ignored.
CREATE TABLE foreign_objects (
    id            UUID        PRIMARY KEY,
    storage_key   TEXT        NOT NULL UNIQUE,
    size          BIGINT      NOT NULL,
    modified_at   TIMESTAMPTZ NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    seen_at       TIMESTAMPTZ NOT NULL,
    state         TEXT        NOT NULL,
    refusal       TEXT,
    video_id      UUID
);
CREATE INDEX foreign_objects_newest ON foreign_objects (first_seen_at DESC, id);
";

const UNDO: &str = "
DROP TABLE foreign_objects;
DROP INDEX videos_storage_key;
DROP INDEX videos_missing;
ALTER TABLE videos DROP COLUMN missing_since;
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(UP);
        sql.close_to_others(&["foreign_objects"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(UNDO);
    }
}
