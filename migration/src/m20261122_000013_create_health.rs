//! How machines were, added up by quarters of an hour and by hours; when screens are expected to
//! run, and when anybody listened to them.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
ALTER TABLE sites ADD COLUMN expected_hours JSONB;

-- Sums of what reports told; a count of 0 means that none told it. Shares are in percent,
-- temperatures in thousandths of a degree Celsius.
CREATE TABLE health (
    site_id           UUID        NOT NULL,
    step_s            INTEGER     NOT NULL CHECK (step_s IN (900, 3600)),
    begins_at         TIMESTAMPTZ NOT NULL,
    reports           BIGINT      NOT NULL,
    online_ms         BIGINT      NOT NULL,
    cpu_sum           BIGINT      NOT NULL,
    cpu_count         BIGINT      NOT NULL,
    cpu_most          BIGINT      NOT NULL,
    memory_sum        BIGINT      NOT NULL,
    memory_count      BIGINT      NOT NULL,
    memory_most       BIGINT      NOT NULL,
    temperature_sum   BIGINT      NOT NULL,
    temperature_count BIGINT      NOT NULL,
    temperature_most  BIGINT      NOT NULL,
    disk_sum          BIGINT      NOT NULL,
    disk_count        BIGINT      NOT NULL,
    disk_most         BIGINT      NOT NULL,
    throttled         BIGINT      NOT NULL,
    throttled_known   BIGINT      NOT NULL,
    PRIMARY KEY (site_id, step_s, begins_at)
);
CREATE INDEX health_age ON health (step_s, begins_at);

-- Time in which a server listened, by hour: what happened at other times is not known.
CREATE TABLE listening (
    begins_at    TIMESTAMPTZ PRIMARY KEY,
    listened_ms  BIGINT      NOT NULL
);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        sql.run(TABLES);
        sql.close_to_others(&["health", "listening"]);
    }

    fn down(&self, sql: &mut Sql) {
        let tables = "DROP TABLE listening; DROP TABLE health;
            ALTER TABLE sites DROP COLUMN expected_hours;";
        sql.run(tables);
    }
}
