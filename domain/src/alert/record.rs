//! Opens and closes alerts, and tells of both in the same transaction.

use api::alert::AlertKind;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
    TryInsertResult,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::words;
use crate::entity::alert;
use crate::message::outbox;
use crate::{Domain, Result};

/// The one number of an alert, among its figures.
pub(super) const FIGURE: &str = "figure";
/// The sites of an alert of many.
pub(super) const SITES: &str = "sites";

/// Something to tell of.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) kind: AlertKind,
    /// What the kind is about: one open alert for both.
    pub(super) object: String,
    pub(super) site: Option<Uuid>,
    pub(super) name: String,
    pub(super) figures: Value,
    /// Nobody is told of it.
    pub(super) is_muted: bool,
}

impl Opening {
    pub(super) fn of_site(kind: AlertKind, site: Uuid, name: &str, figure: i64) -> Self {
        Self {
            kind,
            object: site.to_string(),
            site: Some(site),
            name: name.to_owned(),
            figures: json!({ FIGURE: figure }),
            is_muted: false,
        }
    }
}

/// Alerts that have not ended.
pub(super) async fn open_ones(transaction: &impl ConnectionTrait) -> Result<Vec<alert::Model>> {
    let open = alert::Entity::find().filter(alert::COLUMN.closed_at.is_null());
    Ok(open.all(transaction).await?)
}

/// Opens an alert, unless it is open.
pub(super) async fn open(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    opening: Opening,
) -> Result<()> {
    let row = alert::Model {
        id: Uuid::now_v7(),
        kind: opening.kind.as_str().to_owned(),
        object: opening.object,
        site_id: opening.site,
        name: opening.name,
        figures: opening.figures,
        announced: !opening.is_muted,
        opened_at: domain.inner.clock.now(),
        closed_at: None,
        acknowledged_at: None,
        acknowledged_by: None,
    };
    let insert = alert::Entity::insert(row.clone().into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert();
    let written = insert.exec_without_returning(transaction).await?;
    let is_open = matches!(
        written,
        TryInsertResult::Conflicted | TryInsertResult::Inserted(0)
    );
    if is_open || !row.announced {
        return Ok(());
    }
    tracing::warn!(
        alert.kind = row.kind,
        alert.name = row.name,
        "an alert was opened"
    );
    let content = words::beginning(&row);
    outbox::tell(domain, transaction, &format!("{}|open", row.id), &content).await
}

/// Closes an alert. Its end is told to who was told of its beginning.
pub(super) async fn close(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    row: alert::Model,
) -> Result<()> {
    let now = domain.inner.clock.now();
    let mut closed = row.clone().into_active_model();
    closed.closed_at = Set(Some(now));
    closed.update(transaction).await?;
    if !row.announced {
        return Ok(());
    }
    let content = words::end(&row, now - row.opened_at);
    outbox::tell(domain, transaction, &format!("{}|close", row.id), &content).await
}
