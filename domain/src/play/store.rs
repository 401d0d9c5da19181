//! Plays of many players, in one transaction.

use std::collections::{HashMap, HashSet};

use api::error::ErrorCode;
use api::event::Event;
use api::id::{PlayId, SiteId};
use api::play::{Play, PlayBatchAnswer, PlayReceipt, Quarantine, Receipt};
use chrono::{DateTime, NaiveDate, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::queue::Delivery;
use super::{insert, judge, roll_up};
use crate::entity::{play, site, video};
use crate::{Domain, Error, Result};

/// Bounds of the times that PostgreSQL, SQLite and every reader of CSV can hold.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 2).expect("a day of the calendar");
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 30).expect("a day of the calendar");

/// The key of a play.
pub(super) type Key = (Uuid, DateTime<Utc>, Uuid);

/// The row of a play, and why it does not count.
type Judged = (play::Model, Option<Quarantine>);

/// What became of a group of deliveries.
pub(super) struct Stored {
    /// One for each delivery, in their order.
    pub(super) answers: Vec<Result<PlayBatchAnswer>>,
    /// What there is to tell.
    pub(super) events: Vec<Event>,
}

/// Stores every play of `group` that is not there yet, and counts it in the same transaction.
pub(super) async fn store(domain: &Domain, group: &[Delivery]) -> Result<Stored> {
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    let sites = sites(&transaction, group).await?;
    let videos = videos(&transaction, group).await?;
    let judged: Vec<Vec<Judged>> = group
        .iter()
        .map(|delivery| {
            let site = sites.get(&delivery.site.0).into_iter();
            let plays =
                site.flat_map(|site| delivery.batch.plays.iter().map(move |play| (play, site)));
            plays
                .map(|(play, site)| judged(play, site, &videos, now))
                .collect()
        })
        .collect();
    let rows = || judged.iter().flatten().map(|(row, _)| row);
    let stored = insert::new(&transaction, rows()).await?;
    let mut new = stored.clone();
    roll_up::add(&transaction, rows().filter(|row| new.remove(&key(row)))).await?;
    transaction.commit().await?;
    let told: HashSet<Uuid> = stored.iter().map(|(site, ..)| *site).collect();
    Ok(Stored {
        events: told
            .into_iter()
            .map(|site| Event::PlaysStored { site: SiteId(site) })
            .collect(),
        answers: answers(group, &sites, &judged, stored),
    })
}

async fn sites(
    transaction: &impl ConnectionTrait,
    group: &[Delivery],
) -> Result<HashMap<Uuid, site::Model>> {
    let ids: HashSet<Uuid> = group.iter().map(|delivery| delivery.site.0).collect();
    let rows = site::Entity::find()
        .filter(site::COLUMN.id.is_in(ids))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn videos(
    transaction: &impl ConnectionTrait,
    group: &[Delivery],
) -> Result<HashMap<Uuid, video::Model>> {
    let plays = group.iter().flat_map(|delivery| &delivery.batch.plays);
    let ids: HashSet<Uuid> = plays.map(|play| play.video_id.0).collect();
    let rows = video::Entity::find()
        .filter(video::COLUMN.id.is_in(ids))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

pub(super) fn key(row: &play::Model) -> Key {
    (row.site_id, row.played_at, row.id)
}

/// The row of a play, with names and local time as they are on site now.
fn judged(
    play: &Play,
    site: &site::Model,
    videos: &HashMap<Uuid, video::Model>,
    now: DateTime<Utc>,
) -> Judged {
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
        not_before: play.not_before.map(storable),
        not_after: play.not_after.map(storable),
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

/// The answers to deliveries, in their order. A play that stands in them twice was stored the
/// first time.
fn answers(
    group: &[Delivery],
    sites: &HashMap<Uuid, site::Model>,
    judged: &[Vec<Judged>],
    mut stored: HashSet<Key>,
) -> Vec<Result<PlayBatchAnswer>> {
    let answer = |(delivery, judged): (&Delivery, &Vec<Judged>)| {
        if !sites.contains_key(&delivery.site.0) {
            return Err(Error::refused(ErrorCode::NotFound));
        }
        let receipts = judged.iter().map(|judged| receipt(judged, &mut stored));
        Ok(PlayBatchAnswer {
            receipts: receipts.collect(),
        })
    };
    group.iter().zip(judged).map(answer).collect()
}

fn receipt((row, quarantine): &Judged, stored: &mut HashSet<Key>) -> PlayReceipt {
    let receipt = match (stored.remove(&key(row)), quarantine) {
        (false, _) => Receipt::Duplicate,
        (true, None) => Receipt::Stored,
        (true, Some(reason)) => Receipt::Quarantined { reason: *reason },
    };
    PlayReceipt {
        id: PlayId(row.id),
        receipt,
    }
}
