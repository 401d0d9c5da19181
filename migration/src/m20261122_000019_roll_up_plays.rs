//! Plays of all sites, counted where a page would otherwise add up every site's days: by hour, by
//! day and video, by day and site. And an order of the sites for each list of the home page.

use sea_orm_migration::prelude::DeriveMigrationName;

use crate::sql::{Change, Sql};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Like `play_days`, written with it in the transaction that stores the plays.
const TABLES: &str = "
CREATE TABLE play_hours (
    day      DATE    NOT NULL,
    hour     INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    outcome  TEXT    NOT NULL,
    count    BIGINT  NOT NULL CHECK (count >= 0),
    shown_ms BIGINT  NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (day, hour, outcome)
) {clustered};
CREATE TABLE play_video_days (
    day      DATE   NOT NULL,
    video_id UUID   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL CHECK (count >= 0),
    shown_ms BIGINT NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (day, video_id, outcome)
) {clustered};
CREATE INDEX play_video_days_video ON play_video_days (video_id, day);
CREATE TABLE play_site_days (
    day      DATE   NOT NULL,
    site_id  UUID   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL CHECK (count >= 0),
    shown_ms BIGINT NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (day, site_id, outcome)
) {clustered};

INSERT INTO play_hours (day, hour, outcome, count, shown_ms)
SELECT local_day, local_hour,
       CASE WHEN quarantine IS NULL THEN outcome ELSE 'quarantined' END,
       count(*),
       sum(CASE WHEN quarantine IS NULL THEN shown_ms ELSE 0 END)
FROM analytics GROUP BY 1, 2, 3;
INSERT INTO play_video_days (day, video_id, outcome, count, shown_ms)
SELECT day, video_id, outcome, sum(count), sum(shown_ms) FROM play_days GROUP BY 1, 2, 3;
INSERT INTO play_site_days (day, site_id, outcome, count, shown_ms)
SELECT day, site_id, outcome, sum(count), sum(shown_ms) FROM play_days GROUP BY 1, 2, 3;
DROP INDEX play_days_day;
";

const INDEXES: &str = "
CREATE INDEX sites_by_status ON sites (is_active, status, name, id);
CREATE INDEX sites_by_silence ON sites (is_active, status, last_seen, id);
CREATE INDEX sites_by_screen ON sites (is_active, status, screen, name, id);
";

impl Change for Migration {
    fn up(&self, sql: &mut Sql) {
        let clustered = if sql.is_sqlite() { "WITHOUT ROWID" } else { "" };
        sql.run(&TABLES.replace("{clustered}", clustered));
        sql.run(INDEXES);
        let tables = ["play_hours", "play_video_days", "play_site_days"];
        sql.close_to_others(&tables);
    }

    fn down(&self, sql: &mut Sql) {
        sql.run(
            "DROP INDEX sites_by_screen;
             DROP INDEX sites_by_silence;
             DROP INDEX sites_by_status;
             CREATE INDEX play_days_day ON play_days (day);
             DROP TABLE play_site_days;
             DROP TABLE play_video_days;
             DROP TABLE play_hours;",
        );
    }
}
