//! Files on their way into the library.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
-- received: bytes that are durable; what the storage has beyond them is cut off.
-- state: open, kept (as video_id) or refused (with the stable name of the refusal).
CREATE TABLE uploads (
    id          UUID        PRIMARY KEY,
    owner_id    UUID        NOT NULL,
    file_name   TEXT        NOT NULL,
    size        BIGINT      NOT NULL CHECK (size > 0),
    modified_ms BIGINT,
    sha256      TEXT        CHECK (length(sha256) = 64),
    received    BIGINT      NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    state       TEXT        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'refused')),
    refusal     TEXT,
    video_id    UUID,
    created_at  TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX uploads_owner ON uploads (owner_id, state);
CREATE INDEX uploads_expiry ON uploads (expires_at);

-- Files of the storage that no video names, not yet or no longer. A name is written here before
-- its file is, and goes when a video takes it: what stays for long is removed with its file.
CREATE TABLE unclaimed_files (
    storage_key TEXT        PRIMARY KEY,
    since       TIMESTAMPTZ NOT NULL
);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        sql.close_to_others(&["uploads", "unclaimed_files"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE unclaimed_files; DROP TABLE uploads;");
    }
}
