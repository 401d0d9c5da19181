//! PostgreSQL's quickest way in: COPY into a table like the server's.

use std::fmt::Write;

use api::play::Play;
use chrono::Utc;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::raw_sql;
use uuid::Uuid;

use super::base::Postgres;
use crate::failure::Failure;

/// The same columns, defaults, checks and indexes; partitioned as the server's.
const TABLE: &str =
    "CREATE TABLE bare (LIKE analytics INCLUDING ALL) PARTITION BY RANGE (played_at);
    CREATE TABLE bare_default PARTITION OF bare DEFAULT;";
const COPY: &str = "COPY bare (site_id, played_at, id, boot_id, seq, video_id, sha256, \
    configuration_version, duration_ms, shown_ms, outcome, clock, site_name, video_name, local_day, \
    local_hour, utc_offset_s, received_at) FROM STDIN";

/// A table beside the server's, and a connection of its own.
pub(super) struct Bare(PgConnection);

impl Bare {
    /// Makes the table.
    pub(super) async fn beside(postgres: &Postgres) -> Result<Self, Failure> {
        let mut connection = postgres.connect().await?;
        raw_sql(TABLE).execute(&mut connection).await?;
        Ok(Self(connection))
    }

    /// Copies rows in, all in one transaction.
    pub(super) async fn copy(&mut self, rows: String) -> Result<(), Failure> {
        let mut copy = self.0.copy_in_raw(COPY).await?;
        copy.send(rows.into_bytes()).await?;
        copy.finish().await?;
        Ok(())
    }
}

/// The rows of a site's plays, as COPY reads them.
pub(super) fn rows(site: usize, plays: &[Play]) -> String {
    let (site, received_at) = (Uuid::from_u128(site as u128), Utc::now().to_rfc3339());
    let mut rows = String::new();
    for play in plays {
        let Play {
            id,
            boot_id,
            seq,
            video_id,
            sha256,
            configuration_version,
            played_at,
            duration_ms,
            shown_ms,
            ..
        } = play;
        let (outcome, clock) = (play.outcome.as_str(), play.clock.as_str());
        let (day, at) = (played_at.date_naive(), played_at.to_rfc3339());
        // Writing to a string does not fail.
        let _ = writeln!(
            rows,
            "{site}\t{at}\t{}\t{}\t{seq}\t{}\t{sha256}\t{configuration_version}\t{duration_ms}\t\
             {shown_ms}\t{outcome}\t{clock}\tSalle 00001\tclip-1\t{day}\t12\t3600\t{received_at}",
            id.0, boot_id.0, video_id.0
        );
    }
    rows
}
