//! Keys of screens, and screens that wait to be linked.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
-- key_id: hexadecimal SHA-256 of the Ed25519 public key.
CREATE TABLE players (
    site_id          UUID        NOT NULL REFERENCES sites (id),
    key_id           TEXT        NOT NULL UNIQUE CHECK (length(key_id) = 64),
    public_key       TEXT        NOT NULL CHECK (length(public_key) = 64),
    hardware         JSONB       NOT NULL,
    state            TEXT        NOT NULL CHECK (state IN ('current', 'pending', 'retiring')),
    accepted_at      TIMESTAMPTZ NOT NULL,
    accepted_by      UUID,
    accepted_by_name TEXT        NOT NULL,
    last_boot_id     UUID,
    player_version   TEXT,
    clock            TEXT,
    PRIMARY KEY (site_id, key_id)
);
CREATE UNIQUE INDEX players_one_per_state ON players (site_id, state);

CREATE TABLE enrolments (
    id               UUID        PRIMARY KEY,
    code             TEXT        NOT NULL,
    words            TEXT        NOT NULL,
    poll_secret_hash TEXT        NOT NULL UNIQUE,
    public_key       TEXT        NOT NULL CHECK (length(public_key) = 64),
    hardware         JSONB       NOT NULL,
    address          TEXT        NOT NULL,
    network          TEXT        NOT NULL,
    state            TEXT        NOT NULL CHECK (state IN ('pending', 'accepted')),
    site_id          UUID        REFERENCES sites (id),
    requested_at     TIMESTAMPTZ NOT NULL,
    expires_at       TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX enrolments_code ON enrolments (code) WHERE state = 'pending';
CREATE INDEX enrolments_network ON enrolments (network, requested_at);
CREATE INDEX enrolments_expiry ON enrolments (expires_at);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        let columns = "site_id, key_id, public_key, state";
        sql.watch("players", columns, "players");
        sql.close_to_others(&["players", "enrolments"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run("DROP TABLE enrolments; DROP TABLE players;");
    }
}
