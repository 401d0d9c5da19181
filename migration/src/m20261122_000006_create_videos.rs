//! The library.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE videos (
    id            UUID             PRIMARY KEY,
    sha256        TEXT             NOT NULL UNIQUE CHECK (length(sha256) = 64),
    name          TEXT             NOT NULL,
    size          BIGINT           NOT NULL CHECK (size > 0),
    duration_ms   BIGINT           NOT NULL CHECK (duration_ms > 0),
    width         INTEGER          NOT NULL CHECK (width > 0),
    height        INTEGER          NOT NULL CHECK (height > 0),
    frame_rate    DOUBLE PRECISION NOT NULL,
    video_codec   TEXT             NOT NULL,
    audio_codec   TEXT,
    storage_key   TEXT             NOT NULL,
    has_thumbnail BOOLEAN          NOT NULL DEFAULT FALSE,
    created_at    TIMESTAMPTZ      NOT NULL,
    created_by    UUID
);
CREATE INDEX videos_newest ON videos (created_at DESC, id);
CREATE INDEX videos_name ON videos (name, id);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLE);
        let columns = "sha256, name, size, duration_ms, storage_key";
        sql.watch("videos", columns, "videos");
        sql.close_to_others(&["videos"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE videos;");
    }
}
