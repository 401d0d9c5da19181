//! Plays by day, by video and by site.

use std::collections::HashMap;

use api::error::ErrorCode;
use api::id::{SiteId, VideoId};
use api::report::{DayPlays, PlayCounts, PlayFilter, PlayReport, SitePlays, VideoPlays};
use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::sums::{self, Day, Group};
use crate::entity::{site, video};
use crate::{Error, Result};

/// Most days of a report: a year and a season's start.
const DAYS: usize = 400;
/// Days before the last one when the caller does not say.
const DEFAULT_DAYS_BEFORE: Days = Days::new(13);

/// Today in Paris.
pub(crate) fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&chrono_tz::Europe::Paris).date_naive()
}

/// Local days, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

impl Range {
    /// The days that a filter asks for; refused when there are too many or none.
    pub(super) fn of(filter: &PlayFilter, now: DateTime<Utc>) -> Result<Self> {
        let to = filter.to.unwrap_or_else(|| today(now));
        let before = to.checked_sub_days(DEFAULT_DAYS_BEFORE).unwrap_or(to);
        let range = Self {
            from: filter.from.unwrap_or(before),
            to,
        };
        match range.days().take(DAYS + 1).count() {
            1..=DAYS => Ok(range),
            _ => Err(Error::refused(ErrorCode::Invalid)),
        }
    }

    pub(super) fn days(self) -> impl Iterator<Item = NaiveDate> + Send + use<> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}

/// Counts the plays of a filter, from the roll-ups alone.
pub(super) async fn count(
    transaction: &impl ConnectionTrait,
    filter: &PlayFilter,
    range: Range,
) -> Result<PlayReport> {
    let days = sums::days(transaction, filter, range).await?;
    let videos = sums::videos(transaction, filter, range).await?;
    let sites = sums::sites(transaction, filter, range).await?;
    let mut video_names = video_names(transaction, &videos).await?;
    let mut site_names = site_names(transaction, &sites).await?;
    let shown_ms: u64 = days
        .iter()
        .map(|day| day.counted.shown_ms.unsigned_abs())
        .sum();
    let quarantined = days
        .iter()
        .map(|day| day.counted.quarantined.unsigned_abs());
    let quarantined = quarantined.sum();
    let days = every_day(range, days);
    Ok(PlayReport {
        from: range.from,
        to: range.to,
        total: days
            .iter()
            .fold(PlayCounts::default(), |sum, day| plus(sum, day.counts)),
        shown_s: shown_ms / 1000,
        quarantined,
        days,
        videos: videos
            .iter()
            .map(|group| {
                let (name, deleted) = video_names.remove(&group.id).unwrap_or_default();
                VideoPlays {
                    video_id: VideoId(group.id),
                    name,
                    deleted,
                    counts: group.counted.counts(),
                }
            })
            .collect(),
        sites: sites
            .iter()
            .map(|group| SitePlays {
                site_id: SiteId(group.id),
                name: site_names.remove(&group.id).unwrap_or_default(),
                counts: group.counted.counts(),
            })
            .collect(),
    })
}

fn plus(sum: PlayCounts, counts: PlayCounts) -> PlayCounts {
    PlayCounts {
        completed: sum.completed + counts.completed,
        skipped: sum.skipped + counts.skipped,
        error: sum.error + counts.error,
        cut: sum.cut + counts.cut,
    }
}

fn every_day(range: Range, found: Vec<Day>) -> Vec<DayPlays> {
    let found: HashMap<NaiveDate, PlayCounts> = found
        .into_iter()
        .map(|day| (day.day, day.counted.counts()))
        .collect();
    range
        .days()
        .map(|day| DayPlays {
            day,
            counts: found.get(&day).copied().unwrap_or_default(),
        })
        .collect()
}

/// Names, and whether the video was deleted: its row stays as long as its plays.
async fn video_names(
    transaction: &impl ConnectionTrait,
    groups: &[Group],
) -> Result<HashMap<Uuid, (String, bool)>> {
    let rows = video::Entity::find()
        .filter(video::COLUMN.id.is_in(groups.iter().map(|group| group.id)))
        .all(transaction)
        .await?;
    let named = |row: video::Model| (row.id, (row.name, row.deleted_at.is_some()));
    Ok(rows.into_iter().map(named).collect())
}

async fn site_names(
    transaction: &impl ConnectionTrait,
    groups: &[Group],
) -> Result<HashMap<Uuid, String>> {
    let rows = site::Entity::find()
        .filter(site::COLUMN.id.is_in(groups.iter().map(|group| group.id)))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
