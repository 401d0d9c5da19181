//! While a month's partition is made, plays wait. Otherwise one that was on its way to the default
//! partition would be refused when the month is attached.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The function of `create_plays`, with the lock.
const ENSURE: &str = "
CREATE OR REPLACE FUNCTION ensure_analytics_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    begins timestamptz := date_trunc('month', month)::timestamp AT TIME ZONE 'UTC';
    ends   timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    name   text := 'analytics_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_analytics_month'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    LOCK TABLE analytics IN SHARE ROW EXCLUSIVE MODE;
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
        sql.on_postgres(ENSURE);
    }

    /// The function goes with its table.
    fn down(&self, _sql: &mut Sql) {}
}
