//! A player delivers plays.

use std::collections::{HashMap, HashSet};

use api::error::ErrorCode;
use api::id::SiteId;
use api::limit::PLAYS_PER_BATCH;
use api::play::{Play, PlayBatch, PlayBatchAnswer, PlayReceipt, Quarantine, Receipt};
use chrono::{DateTime, NaiveDate, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryTrait,
};
use uuid::Uuid;

use super::{count, judge};
use crate::entity::{play, site, video};
use crate::{Domain, Error, Result};

/// Bounds of the times that PostgreSQL, SQLite and every reader of CSV can hold.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 2).expect("a day of the calendar");
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 30).expect("a day of the calendar");

/// The key of a play beside its site.
type Key = (DateTime<Utc>, Uuid);

/// Stores every play of `batch` that is not there yet, and counts it in the same transaction.
pub(super) async fn store(
    domain: &Domain,
    site: SiteId,
    batch: PlayBatch,
) -> Result<PlayBatchAnswer> {
    if batch.plays.len() > PLAYS_PER_BATCH {
        return Err(Error::refused(ErrorCode::Invalid));
    }
    if batch.plays.is_empty() {
        return Ok(PlayBatchAnswer { receipts: vec![] });
    }
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    let site = site::Entity::find_by_id(site.0)
        .one(&transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    let videos = videos(&transaction, &batch).await?;
    let judged: Vec<(play::Model, Option<Quarantine>)> = batch
        .plays
        .iter()
        .map(|play| judged(play, &site, &videos, now))
        .collect();
    let stored = insert(&transaction, judged.iter().map(|(row, _)| row)).await?;
    let mut new = stored.clone();
    let fresh = judged.iter().filter(|(row, _)| new.remove(&key(row)));
    count::add(&transaction, fresh.map(|(row, _)| row)).await?;
    transaction.commit().await?;
    Ok(PlayBatchAnswer {
        receipts: receipts(&judged, stored),
    })
}

async fn videos(
    transaction: &impl ConnectionTrait,
    batch: &PlayBatch,
) -> Result<HashMap<Uuid, video::Model>> {
    let ids: HashSet<Uuid> = batch.plays.iter().map(|play| play.video_id.0).collect();
    let rows = video::Entity::find()
        .filter(video::COLUMN.id.is_in(ids))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn key(row: &play::Model) -> Key {
    (row.played_at, row.id)
}

/// The row of a play, with names and local time as they are on site now.
fn judged(
    play: &Play,
    site: &site::Model,
    videos: &HashMap<Uuid, video::Model>,
    now: DateTime<Utc>,
) -> (play::Model, Option<Quarantine>) {
    let video = videos.get(&play.video_id.0);
    let quarantine = judge::quarantine(play, video, now);
    let played_at = storable(play.played_at);
    // Zones are checked when a site is saved; a hand-made one counts as UTC.
    let zone: Tz = site.time_zone.parse().unwrap_or(Tz::UTC);
    let offset = zone.offset_from_utc_datetime(&played_at.naive_utc()).fix();
    let local = played_at.with_timezone(&offset);
    let row = play::Model {
        site_id: site.id,
        played_at,
        id: play.id.0,
        boot_id: play.boot_id.0,
        seq: bounded(play.seq),
        video_id: play.video_id.0,
        sha256: play.sha256.to_string(),
        configuration_version: play.configuration_version,
        duration_ms: bounded(play.duration_ms),
        shown_ms: bounded(play.shown_ms),
        outcome: play.outcome.as_str().to_owned(),
        clock: play.clock.as_str().to_owned(),
        site_name: site.name.clone(),
        video_name: video.map(|video| video.name.clone()).unwrap_or_default(),
        local_day: local.date_naive(),
        local_hour: i32::try_from(local.hour()).unwrap_or(0),
        utc_offset_s: offset.local_minus_utc(),
        received_at: now,
        corrected_at: None,
        quarantine: quarantine.map(|reason| reason.as_str().to_owned()),
    };
    (row, quarantine)
}

/// A time as every database keeps it: whole microseconds, years of four digits.
fn storable(time: DateTime<Utc>) -> DateTime<Utc> {
    let day = time.date_naive().clamp(FIRST_DAY, LAST_DAY);
    let nanos = time.nanosecond() % 1_000_000_000 / 1000 * 1000;
    day.and_hms_nano_opt(time.hour(), time.minute(), time.second(), nanos)
        .map_or(time, |time| time.and_utc())
}

fn bounded(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[derive(FromQueryResult)]
struct Inserted {
    played_at: DateTime<Utc>,
    id: Uuid,
}

/// Inserts what is not there; returns the keys of what was inserted.
async fn insert<'a>(
    transaction: &impl ConnectionTrait,
    rows: impl Iterator<Item = &'a play::Model>,
) -> Result<HashSet<Key>> {
    let rows = rows.map(|row| row.clone().into_active_model().reset_all());
    let mut insert = play::Entity::insert_many(rows)
        .on_conflict_do_nothing()
        .into_query();
    insert.returning(
        sea_orm::sea_query::Query::returning().columns([play::Column::PlayedAt, play::Column::Id]),
    );
    let inserted = transaction.query_all(&insert).await?;
    let mut keys = HashSet::new();
    for row in inserted {
        let Inserted { played_at, id } = Inserted::from_query_result(&row, "")?;
        keys.insert((played_at, id));
    }
    Ok(keys)
}

/// One receipt for each play, in the delivery's order. A play that stands in it twice was stored
/// the first time.
fn receipts(
    judged: &[(play::Model, Option<Quarantine>)],
    mut stored: HashSet<Key>,
) -> Vec<PlayReceipt> {
    judged
        .iter()
        .map(|(row, quarantine)| {
            let receipt = match (stored.remove(&key(row)), quarantine) {
                (false, _) => Receipt::Duplicate,
                (true, None) => Receipt::Stored,
                (true, Some(reason)) => Receipt::Quarantined { reason: *reason },
            };
            PlayReceipt {
                id: api::id::PlayId(row.id),
                receipt,
            }
        })
        .collect()
}
