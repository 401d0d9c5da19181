//! The proof. Its table is called `analytics`, the deployment guide's name.
//!
//! Rows keep the names that site and video had; nothing cascades into them. On PostgreSQL the table
//! is partitioned by month: `ensure_analytics_month` makes a month's partition and moves there what
//! the default partition had of it.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
CREATE TABLE analytics (
    site_id               UUID        NOT NULL,
    played_at             TIMESTAMPTZ NOT NULL,
    id                    UUID        NOT NULL,
    boot_id               UUID        NOT NULL,
    seq                   BIGINT      NOT NULL,
    video_id              UUID        NOT NULL,
    sha256                TEXT        NOT NULL,
    configuration_version INTEGER     NOT NULL,
    duration_ms           BIGINT      NOT NULL,
    shown_ms              BIGINT      NOT NULL,
    outcome               TEXT        NOT NULL,
    clock                 TEXT        NOT NULL,
    site_name             TEXT        NOT NULL,
    video_name            TEXT        NOT NULL,
    local_day             DATE        NOT NULL,
    local_hour            INTEGER     NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    utc_offset_s          INTEGER     NOT NULL,
    received_at           TIMESTAMPTZ NOT NULL,
    corrected_at          TIMESTAMPTZ,
    quarantine            TEXT,
    PRIMARY KEY (site_id, played_at, id)
) {partitions};
CREATE INDEX analytics_day ON analytics (local_day, site_id);
CREATE INDEX analytics_site_day ON analytics (site_id, local_day);
CREATE INDEX analytics_video_day ON analytics (video_id, local_day);

-- Counted in the transaction that stores the plays; outcome is 'quarantined' for those that
-- do not count.
CREATE TABLE play_days (
    site_id  UUID   NOT NULL,
    day      DATE   NOT NULL,
    video_id UUID   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL CHECK (count >= 0),
    shown_ms BIGINT NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (site_id, day, video_id, outcome)
);
CREATE INDEX play_days_day ON play_days (day);
CREATE INDEX play_days_video ON play_days (video_id, day);
";

const PARTITIONS: &str = "
CREATE TABLE analytics_default PARTITION OF analytics DEFAULT;

CREATE FUNCTION ensure_analytics_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    begins timestamptz := date_trunc('month', month)::timestamp AT TIME ZONE 'UTC';
    ends   timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    name   text := 'analytics_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_analytics_month'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE analytics INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('WITH moved AS (DELETE FROM analytics_default WHERE played_at >= %L AND played_at < %L RETURNING *)
                    INSERT INTO %I SELECT * FROM moved', begins, ends, name);
    EXECUTE format('ALTER TABLE analytics ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, begins, ends);
END
$$;
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        let partitions = if sql.is_sqlite() {
            ""
        } else {
            "PARTITION BY RANGE (played_at)"
        };
        sql.run(&TABLE.replace("{partitions}", partitions));
        sql.on_postgres(PARTITIONS);
        let tables = ["analytics", "analytics_default", "play_days"];
        sql.close_to_others(&tables);
    }

    fn down(&self, sql: &mut Sql) {
        sql.on_postgres("DROP FUNCTION ensure_analytics_month(date);");
        sql.run("DROP TABLE play_days; DROP TABLE analytics;");
    }
}
