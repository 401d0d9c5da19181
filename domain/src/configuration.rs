//! What each TV does.

use api::configuration::{ConfigurationVersion, NewConfiguration, SiteLoop};
use api::id::SiteId;

use crate::{Actor, Domain, Result};

/// What each TV does.
pub struct Configurations<'a>(pub(crate) &'a Domain);

impl Configurations<'_> {
    /// What the loop editor of a site starts from.
    pub async fn site_loop(&self, actor: &Actor, site: SiteId) -> Result<SiteLoop> {
        let _ = (actor, site);
        todo!()
    }

    /// Published versions, newest first, at most 50.
    pub async fn versions(&self, actor: &Actor, site: SiteId) -> Result<Vec<ConfigurationVersion>> {
        let _ = (actor, site);
        todo!()
    }

    /// Publishes a loop as the next version; refused when another was published since
    /// `base_version`.
    pub async fn publish(
        &self,
        actor: &Actor,
        site: SiteId,
        new: NewConfiguration,
    ) -> Result<ConfigurationVersion> {
        let _ = (actor, site, new);
        todo!()
    }
}
