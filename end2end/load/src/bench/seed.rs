//! Sites and plays by the thousand, put into the database of a stopped server by SQL.

use sea_orm::sqlx::sqlite::SqliteConnection;

use super::sqlite::run;
use crate::failure::Failure;

pub(super) const PLAYS_PER_SITE: u64 = 1_000;
/// The first site.
pub(super) const SITE: &str = "00000000-0000-0000-0000-000000000001";
/// The days that the plays of a site lie in, today last.
const DAYS: u64 = 30;
/// Sites of one transaction: ten million rows in one would need the disk twice.
const PIECE: u64 = 500;

/// Adds sites and their plays, counted by day as the server counts them.
pub(super) async fn grow(
    database: &mut SqliteConnection,
    from: u64,
    to: u64,
) -> Result<(), Failure> {
    let settings = "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;";
    run(database, settings.to_owned()).await?;
    run(database, sites(from, to)).await?;
    for first in (from..to).step_by(usize::try_from(PIECE).unwrap_or(1)) {
        run(database, plays(first, (first + PIECE).min(to))).await?;
    }
    run(database, totals()).await?;
    run(database, "PRAGMA wal_checkpoint(TRUNCATE);".to_owned()).await
}

fn sites(from: u64, to: u64) -> String {
    format!(
        "WITH RECURSIVE n (i) AS (SELECT {from} + 1 UNION ALL SELECT i + 1 FROM n WHERE i < {to})
         INSERT INTO sites (id, name, club, city, status, last_seen, published_version, applied_version)
         SELECT unhex(printf('%032x', i)), printf('Salle %05d', i), 'Étoile sportive', 'Quimper',
                'offline', '2026-01-01T00:00:00+00:00', 1, 1
         FROM n;"
    )
}

/// Each site shows the whole library in turn.
fn plays(from: u64, to: u64) -> String {
    let first = from * PLAYS_PER_SITE;
    let last = to * PLAYS_PER_SITE - 1;
    format!(
        "BEGIN;
         CREATE TEMP TABLE clip AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, * FROM videos;
         WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}),
         play AS (
             SELECT i, i / {PLAYS_PER_SITE} + 1 AS site, i % {PLAYS_PER_SITE} AS turn,
                    unixepoch() - i % {PLAYS_PER_SITE} * {DAYS} * 86400 / {PLAYS_PER_SITE} AS at
             FROM n)
         INSERT INTO analytics (site_id, played_at, id, boot_id, seq, video_id, sha256,
                configuration_version, duration_ms, shown_ms, outcome, clock, site_name, video_name,
                local_day, local_hour, utc_offset_s, received_at)
         SELECT unhex(printf('%032x', site)), strftime('%Y-%m-%dT%H:%M:%S+00:00', at, 'unixepoch'),
                unhex(printf('%016x%016x', i * 2654435761 % 4294967296, i)),
                unhex(printf('%032x', site)), turn, clip.id, clip.sha256, 1, clip.duration_ms,
                clip.duration_ms, 'completed', 'synced', printf('Salle %05d', site), clip.name,
                date(at, 'unixepoch'), strftime('%H', at, 'unixepoch'), 0,
                strftime('%Y-%m-%dT%H:%M:%S+00:00', at, 'unixepoch')
         FROM play JOIN clip ON clip.place = (turn + site) % (SELECT count(*) FROM videos);
         INSERT INTO play_days (site_id, day, video_id, outcome, count, shown_ms)
         SELECT site_id, local_day, video_id, outcome, count(*), sum(shown_ms) FROM analytics
         WHERE site_id > unhex(printf('%032x', {from})) AND site_id <= unhex(printf('%032x', {to}))
         GROUP BY 1, 2, 3, 4;
         DROP TABLE clip;
         COMMIT;"
    )
}

/// The counts of all sites together, in place of those that were there.
fn totals() -> String {
    "BEGIN;
     DELETE FROM play_hours;
     DELETE FROM play_video_days;
     DELETE FROM play_site_days;
     INSERT INTO play_hours SELECT local_day, local_hour, outcome, count(*), sum(shown_ms)
     FROM analytics GROUP BY 1, 2, 3;
     INSERT INTO play_video_days SELECT day, video_id, outcome, sum(count), sum(shown_ms)
     FROM play_days GROUP BY 1, 2, 3;
     INSERT INTO play_site_days SELECT day, site_id, outcome, sum(count), sum(shown_ms)
     FROM play_days GROUP BY 1, 2, 3;
     COMMIT;"
        .to_owned()
}
