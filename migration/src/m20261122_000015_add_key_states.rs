//! What a fleet of keys needs: replaced and revoked ones, and cards that were copied.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = "
-- is_accepted: false while a pending key waits for an admin. boots: the last runs that used the
-- key, oldest first. last_seen: of a retired one; the current one's is its site's.
ALTER TABLE players ADD COLUMN is_accepted BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE players ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE players ADD COLUMN last_seen TIMESTAMPTZ;
ALTER TABLE players ADD COLUMN retired_at TIMESTAMPTZ;
ALTER TABLE players ADD COLUMN boots JSONB NOT NULL DEFAULT '[]';
ALTER TABLE sites ADD COLUMN clone_seen_at TIMESTAMPTZ;

-- Keys that never open anything again: their boxes are told to make new ones.
CREATE TABLE revoked_keys (
    key_id     TEXT        PRIMARY KEY CHECK (length(key_id) = 64),
    public_key TEXT        NOT NULL CHECK (length(public_key) = 64),
    revoked_at TIMESTAMPTZ NOT NULL
);
";

const UNDO: &str = "
DROP TABLE revoked_keys;
ALTER TABLE sites DROP COLUMN clone_seen_at;
ALTER TABLE players DROP COLUMN boots;
ALTER TABLE players DROP COLUMN retired_at;
ALTER TABLE players DROP COLUMN last_seen;
ALTER TABLE players DROP COLUMN address;
ALTER TABLE players DROP COLUMN is_accepted;
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(COLUMNS);
        sql.close_to_others(&["revoked_keys"]);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(UNDO);
    }
}
