//! What is told to people: alerts from their beginning to their end, and messages until they are sent.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
-- object: what the kind is about, a site's id or a dependency's name. announced: whether its
-- beginning was told, so that its end is.
CREATE TABLE alerts (
    id              UUID        PRIMARY KEY,
    kind            TEXT        NOT NULL,
    object          TEXT        NOT NULL,
    site_id         UUID,
    name            TEXT        NOT NULL,
    figures         JSONB       NOT NULL,
    announced       BOOLEAN     NOT NULL,
    opened_at       TIMESTAMPTZ NOT NULL,
    closed_at       TIMESTAMPTZ,
    acknowledged_at TIMESTAMPTZ,
    acknowledged_by TEXT
);
CREATE UNIQUE INDEX alerts_open ON alerts (kind, object) WHERE closed_at IS NULL;
CREATE INDEX alerts_age ON alerts (opened_at);

CREATE TABLE alert_mutes (
    site_id UUID        PRIMARY KEY,
    until   TIMESTAMPTZ NOT NULL
);

CREATE TABLE messages (
    id              UUID        PRIMARY KEY,
    dedupe_key      TEXT        NOT NULL UNIQUE,
    channel         TEXT        NOT NULL,
    recipient       TEXT        NOT NULL,
    content         JSONB       NOT NULL,
    state           TEXT        NOT NULL,
    attempts        INTEGER     NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    fault           TEXT,
    created_at      TIMESTAMPTZ NOT NULL,
    settled_at      TIMESTAMPTZ
);
CREATE INDEX messages_due ON messages (state, next_attempt_at);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        sql.close_to_others(&["alerts", "alert_mutes", "messages"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE messages; DROP TABLE alert_mutes; DROP TABLE alerts;");
    }
}
