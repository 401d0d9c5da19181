//! What each TV does.

mod publish;
mod query;
mod restore;

use api::configuration::{
    ConfigurationVersion, NewConfiguration, PublishedLoop, RestoreConfiguration, SiteLoop,
    VersionFilter,
};
use api::id::SiteId;
use api::page::Page;
use api::permission::Permission;

use crate::player::state;
use crate::{Actor, Domain, Result};

/// What each TV does.
pub struct Configurations<'a>(pub(crate) &'a Domain);

impl Configurations<'_> {
    /// What the loop editor of a site starts from.
    pub async fn site_loop(&self, actor: &Actor, site: SiteId) -> Result<SiteLoop> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        query::site_loop(&transaction, site).await
    }

    /// A page of the published versions, newest first.
    pub async fn versions(
        &self,
        actor: &Actor,
        site: SiteId,
        filter: VersionFilter,
    ) -> Result<Page<ConfigurationVersion>> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        query::versions(&transaction, site, filter.paging()).await
    }

    /// One published version with its loop.
    pub async fn version(
        &self,
        actor: &Actor,
        site: SiteId,
        version: i32,
    ) -> Result<PublishedLoop> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        query::published_loop(&transaction, site, version).await
    }

    /// Publishes a loop as the next version; refused when another was published since
    /// `base_version`.
    pub async fn publish(
        &self,
        actor: &Actor,
        site: SiteId,
        new: NewConfiguration,
    ) -> Result<ConfigurationVersion> {
        actor.require(Permission::PublishConfigurations)?;
        let new = publish::checked(new)?;
        let transaction = self.0.inner.database.write().await?;
        let published = publish::publish(self.0, &transaction, actor, site, new).await?;
        transaction.commit().await?;
        state::changed(self.0, site);
        Ok(published)
    }

    /// Publishes the content of an old version as the next one; refused when another was
    /// published since `base_version`, or when a video is missing that is not to be left out.
    pub async fn restore(
        &self,
        actor: &Actor,
        site: SiteId,
        version: i32,
        wish: RestoreConfiguration,
    ) -> Result<ConfigurationVersion> {
        actor.require(Permission::PublishConfigurations)?;
        let transaction = self.0.inner.database.write().await?;
        let published =
            restore::restore(self.0, &transaction, actor, (site, version), wish).await?;
        transaction.commit().await?;
        state::changed(self.0, site);
        Ok(published)
    }
}
