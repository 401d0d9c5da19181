//! Clubs' places, with what their TV did at the last report.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE sites (
    id                     UUID        PRIMARY KEY DEFAULT {new_id},
    name                   TEXT        NOT NULL,
    club                   TEXT        NOT NULL DEFAULT '',
    city                   TEXT        NOT NULL DEFAULT '',
    time_zone              TEXT        NOT NULL DEFAULT 'Europe/Paris',
    status                 TEXT        NOT NULL DEFAULT 'pending'
                           CHECK (status IN ('pending', 'online', 'offline')),
    last_seen              TIMESTAMPTZ,
    is_active              BOOLEAN     NOT NULL DEFAULT TRUE,
    screen                 TEXT        NOT NULL DEFAULT 'off',
    on_screen_video_id     UUID,
    on_screen_position_ms  BIGINT      NOT NULL DEFAULT 0,
    published_version      INTEGER,
    applied_version        INTEGER,
    download_files         INTEGER,
    download_files_ready   INTEGER,
    download_bytes         BIGINT,
    download_bytes_ready   BIGINT,
    waiting_plays          BIGINT,
    created_at             TIMESTAMPTZ NOT NULL DEFAULT {now},
    updated_at             TIMESTAMPTZ NOT NULL DEFAULT {now}
);
CREATE INDEX sites_name ON sites (name, id);
CREATE INDEX sites_status ON sites (status, last_seen);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLE);
        // What reports write every 15 s is left out: it is never cached.
        let columns = "name, club, city, time_zone, is_active";
        sql.watch("sites", columns, "sites");
        sql.close_to_others(&["sites"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE sites;");
    }
}
