//! How the machine of a site was.

use std::collections::BTreeMap;

use api::error::ErrorCode;
use api::id::SiteId;
use api::telemetry::{Availability, Period, SiteHealth};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::HOUR;
use super::availability::{Known, by_day};
use super::memory::begin;
use super::points::{points, range};
use super::store::seconds;
use super::sums::{Sum, Sums};
use crate::entity::{health, listening, site};
use crate::{Error, Result};

pub(super) async fn health(
    transaction: &impl ConnectionTrait,
    id: SiteId,
    period: Period,
    now: DateTime<Utc>,
) -> Result<SiteHealth> {
    let site = site::Entity::find_by_id(id.0)
        .one(transaction)
        .await?
        .ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
    let zone: Tz = site.time_zone.parse().unwrap_or(Tz::UTC);
    let expected = crate::site::expected_hours(&site);
    let (step, from) = range(period, now, zone);
    let rows = rows(transaction, id, step, from).await?;
    let known = known(transaction, id, from).await?;
    let days = by_day(&known, &expected, zone, (from, now));
    let availability = days.iter().fold(Availability::default(), |sum, day| {
        sum.plus(day.availability)
    });
    Ok(SiteHealth {
        period,
        until: now,
        points: points(period, &rows, (step, from, now), zone),
        availability,
        days,
    })
}

type Rows = BTreeMap<DateTime<Utc>, Sums>;

async fn rows(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    step: TimeDelta,
    from: DateTime<Utc>,
) -> Result<Rows> {
    let rows = health::Entity::find()
        .filter(health::COLUMN.site_id.eq(site.0))
        .filter(health::COLUMN.step_s.eq(seconds(step)))
        .filter(health::COLUMN.begins_at.gte(begin(from, step)))
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.begins_at, sums(&row)))
        .collect())
}

async fn known(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    from: DateTime<Utc>,
) -> Result<Known> {
    let hours = rows(transaction, site, HOUR, from).await?;
    let first = health::Entity::find()
        .filter(health::COLUMN.site_id.eq(site.0))
        .filter(health::COLUMN.step_s.eq(seconds(HOUR)))
        .order_by_asc(health::Column::BeginsAt)
        .one(transaction)
        .await?;
    let listened = listening::Entity::find()
        .filter(listening::COLUMN.begins_at.gte(begin(from, HOUR)))
        .all(transaction)
        .await?;
    Ok(Known {
        online_ms: hours
            .iter()
            .map(|(hour, sums)| (*hour, sums.online_ms))
            .collect(),
        listened_ms: listened
            .into_iter()
            .map(|row| (row.begins_at, row.listened_ms))
            .collect(),
        first: first.map(|row| row.begins_at),
    })
}

fn sums(row: &health::Model) -> Sums {
    let sum = |total, count, most| Sum { total, count, most };
    Sums {
        reports: row.reports,
        online_ms: row.online_ms,
        cpu: sum(row.cpu_sum, row.cpu_count, row.cpu_most),
        memory: sum(row.memory_sum, row.memory_count, row.memory_most),
        temperature: sum(
            row.temperature_sum,
            row.temperature_count,
            row.temperature_most,
        ),
        disk: sum(row.disk_sum, row.disk_count, row.disk_most),
        throttled: row.throttled,
        throttled_known: row.throttled_known,
    }
}
