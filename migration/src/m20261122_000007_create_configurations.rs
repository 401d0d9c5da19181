//! What each TV does: published versions, and the state that its player fetches.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
-- document: the JSON text as it was published.
CREATE TABLE configurations (
    site_id           UUID        NOT NULL REFERENCES sites (id),
    version           INTEGER     NOT NULL CHECK (version > 0),
    document          TEXT        NOT NULL,
    comment           TEXT        NOT NULL DEFAULT '',
    published_by      UUID,
    published_by_name TEXT        NOT NULL,
    published_at      TIMESTAMPTZ NOT NULL,
    video_count       INTEGER     NOT NULL CHECK (video_count >= 0),
    duration_ms       BIGINT      NOT NULL CHECK (duration_ms >= 0),
    PRIMARY KEY (site_id, version)
);
CREATE INDEX configurations_newest ON configurations (published_at);

-- Answers where a video is shown, without reading documents.
CREATE TABLE configuration_videos (
    site_id  UUID    NOT NULL,
    version  INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    video_id UUID    NOT NULL REFERENCES videos (id),
    PRIMARY KEY (site_id, version, position),
    FOREIGN KEY (site_id, version) REFERENCES configurations (site_id, version)
);
CREATE INDEX configuration_videos_video ON configuration_videos (video_id, site_id, version);

-- body: canonical bytes that the player gets; etag is their SHA-256 in hexadecimal.
-- previous_files: manifest of the state before, which the player may still be fetching.
CREATE TABLE desired_states (
    site_id               UUID        PRIMARY KEY REFERENCES sites (id),
    etag                  TEXT        NOT NULL,
    body                  BYTEA       NOT NULL,
    configuration_version INTEGER     NOT NULL,
    files                 JSONB       NOT NULL,
    previous_files        JSONB       NOT NULL,
    updated_at            TIMESTAMPTZ NOT NULL
);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        let columns = "document";
        sql.watch("configurations", columns, "configurations");
        let tables = ["configurations", "configuration_videos", "desired_states"];
        sql.close_to_others(&tables);
    }

    fn down(&self, sql: &mut Sql) {
        let statements = "DROP TABLE desired_states; DROP TABLE configuration_videos; DROP TABLE configurations;";
        sql.run(statements);
    }
}
