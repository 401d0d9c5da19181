//! Sites.

mod query;
mod row;

use api::error::{ApiError, ErrorCode};
use api::event::Event;
use api::id::SiteId;
use api::page::Page;
use api::permission::Permission;
use api::site::{NewSite, Site, SiteDetail, SiteFilter};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use crate::audit::{self, Entry};
use crate::entity::site;
use crate::{Actor, Domain, Error, Result};

pub(crate) mod offline;
pub(crate) use query::listed;
pub(crate) use row::{expected_hours, hours_of};

/// Clubs' places.
pub struct Sites<'a>(pub(crate) &'a Domain);

impl Sites<'_> {
    /// A page of the sites, by name.
    pub async fn list(&self, actor: &Actor, filter: SiteFilter) -> Result<Page<Site>> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        Ok(query::page(&transaction, &filter).await?)
    }

    /// One site with its player.
    pub async fn get(&self, actor: &Actor, id: SiteId) -> Result<SiteDetail> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        query::detail(&transaction, id).await
    }

    /// Creates a site.
    pub async fn create(&self, actor: &Actor, new: NewSite) -> Result<Site> {
        actor.require(Permission::ManageSites)?;
        let new = validated(new)?;
        let inner = &self.0.inner;
        let transaction = inner.database.write().await?;
        let id = SiteId::new();
        let now = inner.clock.now();
        let row = site::ActiveModel {
            id: Set(id.0),
            created_at: Set(now),
            updated_at: Set(now),
            ..row::facts(&new)
        };
        site::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        let site = query::by_id(&transaction, id).await?;
        let entry = Entry {
            actor,
            action: "site.create",
            object: Some(id.0),
            details: json!({ "after": new }),
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        transaction.commit().await?;
        inner.bus.publish(Event::SiteChanged { site: id });
        Ok(site)
    }

    /// Changes a site's facts.
    pub async fn update(&self, actor: &Actor, id: SiteId, change: NewSite) -> Result<Site> {
        actor.require(Permission::ManageSites)?;
        let change = validated(change)?;
        let inner = &self.0.inner;
        let transaction = inner.database.write().await?;
        let before = site::Entity::find_by_id(id.0).one(&transaction).await?;
        let before = before.ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
        let row = site::ActiveModel {
            id: Set(id.0),
            updated_at: Set(inner.clock.now()),
            ..row::facts(&change)
        };
        row.update(&transaction).await?;
        let site = query::by_id(&transaction, id).await?;
        let entry = Entry {
            actor,
            action: "site.update",
            object: Some(id.0),
            details: json!({ "before": row::facts_of(before), "after": change }),
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        transaction.commit().await?;
        inner.bus.publish(Event::SiteChanged { site: id });
        Ok(site)
    }
}

/// The texts trimmed; the zone must exist.
fn validated(site: NewSite) -> Result<NewSite, ApiError> {
    let site = site.validated()?;
    if site.time_zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(
            ApiError::new(ErrorCode::Invalid).with_field("time_zone", ErrorCode::TimeZoneUnknown)
        );
    }
    Ok(site)
}
