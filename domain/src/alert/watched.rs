//! The sites that there may be something to tell of, as the watcher sees them.
//!
//! It looks every two seconds: of a fleet that is well it reads one number, whatever its size.

use std::collections::BTreeMap;

use api::hours::ExpectedHours;
use api::site::SiteStatus;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QuerySelect, Select,
};
use uuid::Uuid;

use super::limits::{DISK, Limit, TEMPERATURE};
use crate::entity::{alert, site};

/// The sites of a fleet.
pub(super) struct Fleet {
    /// Those that were heard of at least once.
    pub(super) size: usize,
    /// Those that are silent, too hot or too full, or have an open alert.
    pub(super) sites: BTreeMap<Uuid, Watched>,
}

/// A site.
#[derive(FromQueryResult)]
pub(super) struct Watched {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) last_seen: Option<DateTime<Utc>>,
    status: String,
    expected_hours: Option<serde_json::Value>,
    temperature: Option<f64>,
    disk: Option<f64>,
}

impl Watched {
    pub(super) fn is_online(&self) -> bool {
        self.status == SiteStatus::Online.as_str()
    }

    /// The figures that have limits.
    pub(super) fn figures(&self) -> [(&'static Limit, Option<f64>); 2] {
        [(&TEMPERATURE, self.temperature), (&DISK, self.disk)]
    }

    /// When its screen is expected to run.
    pub(super) fn expected_hours(&self) -> ExpectedHours {
        crate::site::hours_of(self.expected_hours.as_ref())
    }
}

/// Reads them.
pub(super) async fn read(transaction: &impl ConnectionTrait) -> Result<Fleet, DbErr> {
    let size = heard().count(transaction).await?;
    let has_alert = Query::select()
        .column(alert::Column::SiteId)
        .from(alert::Entity)
        .and_where(alert::Column::ClosedAt.is_null())
        .and_where(alert::Column::SiteId.is_not_null())
        .take();
    let concerns = Condition::any()
        .add(site::COLUMN.status.ne(SiteStatus::Online.as_str()))
        .add(TEMPERATURE.is_exceeded())
        .add(DISK.is_exceeded())
        .add(site::Column::Id.in_subquery(has_alert));
    let sites: Vec<Watched> = heard()
        .filter(concerns)
        .select_only()
        .columns([
            site::Column::Id,
            site::Column::Name,
            site::Column::TimeZone,
            site::Column::LastSeen,
            site::Column::Status,
            site::Column::ExpectedHours,
        ])
        .column_as(TEMPERATURE.figure(), "temperature")
        .column_as(DISK.figure(), "disk")
        .into_model()
        .all(transaction)
        .await?;
    Ok(Fleet {
        size: usize::try_from(size).unwrap_or(usize::MAX),
        sites: sites.into_iter().map(|site| (site.id, site)).collect(),
    })
}

/// The open sites whose player reported at least once.
fn heard() -> Select<site::Entity> {
    site::Entity::find()
        .filter(site::COLUMN.is_active.eq(true))
        .filter(site::COLUMN.last_seen.is_not_null())
}
