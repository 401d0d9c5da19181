//! Figures on their way into rows.

use std::collections::BTreeMap;
use std::time::Instant;

use api::id::SiteId;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, Set};

use super::memory::{Gathered, begin};
use super::sums::Sums;
use super::{FLUSH, HOUR, QUARTER};
use crate::entity::{health, listening};
use crate::{Domain, Result};

/// Rows of one statement.
const ROWS: usize = 250;

/// When figures were written last.
pub(crate) struct Turn(Instant);

impl Default for Turn {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Turn {
    /// Writes what was gathered, when it is time to.
    pub(crate) async fn flush_when_due(&mut self, domain: &Domain) -> Result<()> {
        listen(domain);
        if self.0.elapsed() < FLUSH {
            return Ok(());
        }
        self.0 = Instant::now();
        flush(domain).await
    }
}

/// A server listens at this moment; where there are several, the one that leads counts.
fn listen(domain: &Domain) {
    let inner = &domain.inner;
    let leads = inner.lease.is_held();
    inner.telemetry.listen(inner.clock.now(), leads);
}

/// Writes what was gathered; a failure leaves it for the next time.
pub(crate) async fn flush(domain: &Domain) -> Result<()> {
    listen(domain);
    let inner = &domain.inner;
    let gathered = inner.telemetry.take();
    let written = write(domain, &gathered).await;
    if written.is_err() {
        inner.telemetry.put_back(gathered);
    }
    written
}

/// Rows are written in the order of their keys: writers that meet never lock each other.
async fn write(domain: &Domain, gathered: &Gathered) -> Result<()> {
    let mut rows: BTreeMap<(SiteId, i32, DateTime<Utc>), Sums> = BTreeMap::new();
    for ((site, quarter), sums) in &gathered.quarters {
        for step in [QUARTER, HOUR] {
            let key = (*site, seconds(step), begin(*quarter, step));
            rows.entry(key).or_default().add(sums);
        }
    }
    let rows: Vec<_> = rows.into_iter().collect();
    let transaction = domain.inner.database.write().await?;
    for rows in rows.chunks(ROWS) {
        let models = rows.iter().map(|(key, sums)| row(*key, sums));
        health::Entity::insert_many(models)
            .on_conflict(added())
            .exec_without_returning(&transaction)
            .await?;
    }
    listened(&transaction, gathered).await?;
    transaction.commit().await?;
    Ok(())
}

/// A step as its column says it.
pub(super) fn seconds(step: TimeDelta) -> i32 {
    i32::try_from(step.num_seconds()).unwrap_or(i32::MAX)
}

fn row(
    (site, step_s, begins_at): (SiteId, i32, DateTime<Utc>),
    sums: &Sums,
) -> health::ActiveModel {
    let model = health::Model {
        site_id: site.0,
        step_s,
        begins_at,
        reports: sums.reports,
        online_ms: sums.online_ms,
        cpu_sum: sums.cpu.total,
        cpu_count: sums.cpu.count,
        cpu_most: sums.cpu.most,
        memory_sum: sums.memory.total,
        memory_count: sums.memory.count,
        memory_most: sums.memory.most,
        temperature_sum: sums.temperature.total,
        temperature_count: sums.temperature.count,
        temperature_most: sums.temperature.most,
        disk_sum: sums.disk.total,
        disk_count: sums.disk.count,
        disk_most: sums.disk.most,
        throttled: sums.throttled,
        throttled_known: sums.throttled_known,
    };
    model.into_active_model().reset_all()
}

/// The figures of a row that is there are added to, its maxima raised.
fn added() -> OnConflict {
    use health::Column;
    let key = [Column::SiteId, Column::StepS, Column::BeginsAt];
    let figures = Column::iter().filter(|column| !key.iter().any(|known| same(*known, *column)));
    let mut conflict = OnConflict::columns(key);
    conflict.values(figures.map(|column| {
        let kept = Expr::col((health::Entity, column));
        let new = Expr::col(("excluded", column));
        let is_most = matches!(
            column,
            Column::CpuMost | Column::MemoryMost | Column::TemperatureMost | Column::DiskMost
        );
        let together = if is_most {
            Func::greatest([kept, new]).into()
        } else {
            kept.add(new)
        };
        (column, together)
    }));
    conflict
}

fn same(one: health::Column, other: health::Column) -> bool {
    one as usize == other as usize
}

async fn listened(transaction: &impl ConnectionTrait, gathered: &Gathered) -> Result<()> {
    let hours: BTreeMap<_, _> = gathered.listened.iter().collect();
    let rows = hours
        .into_iter()
        .map(|(begins_at, listened_ms)| listening::ActiveModel {
            begins_at: Set(*begins_at),
            listened_ms: Set(*listened_ms),
        });
    let column = listening::Column::ListenedMs;
    let sum = Expr::col((listening::Entity, column)).add(Expr::col(("excluded", column)));
    let mut added = OnConflict::column(listening::Column::BeginsAt);
    added.value(column, sum);
    listening::Entity::insert_many(rows)
        .on_conflict(added)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
