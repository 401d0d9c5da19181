//! What people are told of from its beginning to its end: one message for each, and never more.

pub(crate) mod dependency;
pub(crate) mod failures;
mod fleet;
mod limits;
mod query;
mod record;
pub(crate) mod watch;
mod watched;
mod words;

use api::alert::{Alert, AlertFilter, MUTE_HOURS, Mute};
use api::error::{ApiError, ErrorCode};
use api::event::Event;
use api::id::{AlertId, SiteId};
use api::page::Page;
use api::permission::Permission;
use chrono::TimeDelta;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;

pub use failures::Failures;

use crate::audit::{self, Entry};
use crate::entity::{alert, alert_mute, site};
use crate::{Actor, Domain, Error, Result};

/// What people are told of until it ends.
pub struct Alerts<'a>(pub(crate) &'a Domain);

impl Alerts<'_> {
    /// A page of the alerts, open ones first, then the newest.
    pub async fn list(&self, actor: &Actor, filter: AlertFilter) -> Result<Page<Alert>> {
        actor.require(Permission::ViewAlerts)?;
        let inner = &self.0.inner;
        let transaction = inner.database.read().await?;
        query::page(&transaction, &filter, inner.clock.now()).await
    }

    /// Notes that the actor knows of an alert. Who did so first stays.
    pub async fn acknowledge(&self, actor: &Actor, id: AlertId) -> Result<()> {
        actor.require(Permission::ManageAlerts)?;
        let inner = &self.0.inner;
        let transaction = inner.database.write().await?;
        let row = alert::Entity::find_by_id(id.0).one(&transaction).await?;
        let row = row.ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
        if row.acknowledged_at.is_some() {
            return Ok(());
        }
        let by = match actor {
            Actor::Person { name, .. } => name.clone(),
            Actor::Player { .. } | Actor::System => String::new(),
        };
        let mut row = row.into_active_model();
        row.acknowledged_at = Set(Some(inner.clock.now()));
        row.acknowledged_by = Set(Some(by));
        row.update(&transaction).await?;
        let entry = Entry {
            actor,
            action: "alert.acknowledge",
            object: Some(id.0),
            details: json!({}),
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        transaction.commit().await?;
        inner.bus.publish(Event::AlertsChanged);
        Ok(())
    }

    /// Tells nobody of a site's alerts for some hours; they are still listed.
    pub async fn mute(&self, actor: &Actor, site: SiteId, mute: Mute) -> Result<()> {
        actor.require(Permission::ManageAlerts)?;
        if mute.hours > MUTE_HOURS {
            let refusal = ApiError::new(ErrorCode::Invalid);
            return Err(refusal.with_field("hours", ErrorCode::Invalid).into());
        }
        let inner = &self.0.inner;
        let transaction = inner.database.write().await?;
        let found = site::Entity::find_by_id(site.0).one(&transaction).await?;
        found.ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
        let row = alert_mute::ActiveModel {
            site_id: Set(site.0),
            until: Set(inner.clock.now() + TimeDelta::hours(mute.hours.into())),
        };
        let replaced = OnConflict::column(alert_mute::Column::SiteId)
            .update_column(alert_mute::Column::Until)
            .to_owned();
        alert_mute::Entity::insert(row)
            .on_conflict(replaced)
            .exec_without_returning(&transaction)
            .await?;
        let entry = Entry {
            actor,
            action: "alert.mute",
            object: Some(site.0),
            details: json!({ "hours": mute.hours }),
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        transaction.commit().await?;
        inner.bus.publish(Event::AlertsChanged);
        Ok(())
    }
}
