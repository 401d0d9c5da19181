//! Lists of alerts.

use std::collections::HashMap;

use api::alert::{Alert, AlertFilter, AlertKind};
use api::id::{AlertId, SiteId};
use api::page::Page;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::record::FIGURE;
use crate::entity::{alert, alert_mute};
use crate::{Result, database};

type Mutes = HashMap<Uuid, DateTime<Utc>>;

pub(super) async fn page(
    transaction: &impl ConnectionTrait,
    filter: &AlertFilter,
    now: DateTime<Utc>,
) -> Result<Page<Alert>> {
    let is_closed = Expr::col(alert::Column::ClosedAt).is_not_null();
    let mut rows = alert::Entity::find()
        .order_by_asc(is_closed.clone())
        .order_by_desc(alert::Column::OpenedAt)
        .order_by_desc(alert::Column::Id);
    match filter.open {
        Some(true) => rows = rows.filter(is_closed.not()),
        Some(false) => rows = rows.filter(is_closed),
        None => {}
    }
    let mutes = mutes(transaction, now).await?;
    let read = async |transaction: &_, rows: Select<alert::Entity>| {
        let rows: Vec<alert::Model> = rows.all(transaction).await?;
        let shown = rows.into_iter().map(|row| shown(row, &mutes));
        Ok::<_, DbErr>(shown.collect())
    };
    Ok(database::page(transaction, filter.paging(), rows, read).await?)
}

/// The muted sites, and until when.
pub(super) async fn mutes(
    transaction: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Mutes, DbErr> {
    let rows = alert_mute::Entity::find()
        .filter(alert_mute::COLUMN.until.gt(now))
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.site_id, row.until))
        .collect())
}

fn shown(row: alert::Model, mutes: &Mutes) -> Alert {
    Alert {
        id: AlertId(row.id),
        kind: AlertKind::from_column(&row.kind),
        site: row.site_id.map(SiteId),
        figure: row.figures.get(FIGURE).and_then(serde_json::Value::as_i64),
        muted_until: row.site_id.and_then(|site| mutes.get(&site).copied()),
        name: row.name,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        acknowledged_at: row.acknowledged_at,
        acknowledged_by: row.acknowledged_by,
    }
}
