//! What each TV does.

mod publish;
mod query;

use api::configuration::{ConfigurationVersion, NewConfiguration, SiteLoop};
use api::id::SiteId;
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

    /// Published versions, newest first, at most 50.
    pub async fn versions(&self, actor: &Actor, site: SiteId) -> Result<Vec<ConfigurationVersion>> {
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        query::versions(&transaction, site).await
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
}
