//! Uploads whose parts go straight to the object store.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = "
-- multipart_id: what the object store calls it; nothing where parts pass through the server.
-- parts_sha256: the hash of the hashes of what was received, part by part.
ALTER TABLE uploads ADD COLUMN multipart_id TEXT;
ALTER TABLE uploads ADD COLUMN parts_sha256 TEXT CHECK (length(parts_sha256) = 64);
";

const UNDO: &str = "
ALTER TABLE uploads DROP COLUMN parts_sha256;
ALTER TABLE uploads DROP COLUMN multipart_id;
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(COLUMNS);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(UNDO);
    }
}
