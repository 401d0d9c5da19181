//! Many reports, few statements.

use std::collections::HashMap;

use api::id::SiteId;
use api::site::{Screen, SiteStatus};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Query, SelectStatement, TableRef, UpdateStatement, Value, ValueTuple,
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::Received;
use crate::entity::{player, site};
use crate::{Domain, Error, Result};

/// Rows of one statement.
const ROWS: usize = 250;
/// Stands for the rows of a statement.
const NEW: &str = "new";

/// Writes reports in one transaction.
pub(super) async fn store(domain: &Domain, reports: &[(SiteId, Received)]) -> Result<()> {
    let transaction = domain.inner.database.write().await?;
    let mut heard_before = HashMap::new();
    for rows in reports.chunks(ROWS) {
        heard_before.extend(last_seen(&transaction, rows).await?);
        transaction.execute(&update(rows)?).await?;
    }
    let is_new = |site: SiteId, received: &Received| {
        let before = domain.inner.reports.written(site);
        before.is_none_or(|before| machine(&before) != machine(received))
    };
    let machines: Vec<ValueTuple> = reports
        .iter()
        .filter(|(site, received)| is_new(*site, received))
        .map(|(site, received)| machine_row(*site, received))
        .collect();
    for rows in machines.chunks(ROWS) {
        transaction.execute(&machine_update(rows.to_vec())).await?;
    }
    transaction.commit().await?;
    for (site, received) in reports {
        if let Some(Some(before)) = heard_before.get(&site.0) {
            let telemetry = &domain.inner.telemetry;
            telemetry.hear(*site, *before, received.first_at);
        }
    }
    Ok(())
}

/// When sites were heard of last, at whichever instance; locked in the order of their ids, so that
/// instances that write at the same time wait for each other in no circle.
async fn last_seen(
    transaction: &impl ConnectionTrait,
    reports: &[(SiteId, Received)],
) -> Result<Vec<(Uuid, Option<DateTime<Utc>>)>> {
    let ids = reports.iter().map(|(site, _)| site.0);
    let rows = site::Entity::find()
        .select_only()
        .columns([site::Column::Id, site::Column::LastSeen])
        .filter(site::COLUMN.id.is_in(ids))
        .order_by_asc(site::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(transaction)
        .await?;
    Ok(rows)
}

/// Both databases call the columns of `VALUES` so.
fn new(column: u8) -> Expr {
    Expr::col((Alias::new(NEW), Alias::new(format!("column{column}"))))
}

/// One statement for many sites. A site keeps what another instance heard later, and hears nothing
/// from a box that is not its own any more.
fn update(reports: &[(SiteId, Received)]) -> Result<UpdateStatement> {
    let rows = reports.iter().map(|(site, received)| row(*site, received));
    let rows = rows.collect::<Result<Vec<ValueTuple>>>()?;
    let last_seen = || Expr::col((site::Entity, site::Column::LastSeen));
    let is_newer = last_seen().is_null().or(last_seen().lte(new(2)));
    let mut update = Query::update();
    update
        .table(site::Entity)
        .from(TableRef::ValuesList(rows, Alias::new(NEW).into()))
        .value(site::Column::Status, SiteStatus::Online.as_str())
        .value(site::Column::LastSeen, new(2))
        .value(site::Column::Screen, new(3))
        .value(site::Column::OnScreenVideoId, new(4))
        .value(site::Column::OnScreenSince, new(5))
        .value(site::Column::OnScreenPositionMs, new(6))
        .value(site::Column::AppliedVersion, new(7))
        .value(site::Column::Report, new(8))
        .and_where(Expr::col((site::Entity, site::Column::Id)).eq(new(1)))
        .and_where(is_newer)
        .and_where(Expr::exists(own_key()));
    Ok(update)
}

/// The key of the report, where it is the current one of its site.
fn own_key() -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(player::Entity)
        .and_where(Expr::col((player::Entity, player::Column::SiteId)).eq(new(1)))
        .and_where(Expr::col((player::Entity, player::Column::KeyId)).eq(new(9)))
        .and_where(Expr::col((player::Entity, player::Column::State)).eq("current"))
        .take()
}

fn row(site: SiteId, received: &Received) -> Result<ValueTuple> {
    let report = &received.report;
    let broken = |error| Error::Internal(format!("a report could not be written: {error}"));
    let screen = report.screen;
    let playing = screen.video_id.filter(|_| screen.screen == Screen::Playing);
    let position = i64::try_from(screen.position_ms).ok();
    let row: [Value; 9] = [
        site.0.into(),
        received.at.into(),
        screen.screen.as_str().into(),
        playing.map(|id| id.0).into(),
        playing.and(screen.since).into(),
        playing.and(position).into(),
        report.configuration_version.into(),
        serde_json::to_value(report).map_err(broken)?.into(),
        received.key_id.as_str().into(),
    ];
    Ok(ValueTuple::Many(row.into()))
}

/// What changes with a start of the machine or an update, at most.
fn machine(received: &Received) -> (&str, Uuid, &str, &'static str) {
    let report = &received.report;
    (
        &received.key_id,
        report.boot_id.0,
        &report.player_version,
        report.clock.as_str(),
    )
}

fn machine_row(site: SiteId, received: &Received) -> ValueTuple {
    let (key_id, boot_id, player_version, clock) = machine(received);
    let row: [Value; 5] = [
        site.0.into(),
        key_id.into(),
        boot_id.into(),
        player_version.into(),
        clock.into(),
    ];
    ValueTuple::Many(row.into())
}

/// One statement for many machines: after a start of the server all of them are new to it.
fn machine_update(rows: Vec<ValueTuple>) -> UpdateStatement {
    let own = |column| Expr::col((player::Entity, column));
    Query::update()
        .table(player::Entity)
        .from(TableRef::ValuesList(rows, Alias::new(NEW).into()))
        .value(player::Column::LastBootId, new(3))
        .value(player::Column::PlayerVersion, new(4))
        .value(player::Column::Clock, new(5))
        .and_where(own(player::Column::SiteId).eq(new(1)))
        .and_where(own(player::Column::KeyId).eq(new(2)))
        .take()
}
