//! Sites.

use api::id::SiteId;
use api::page::Page;
use api::site::{NewSite, Site, SiteDetail, SiteFilter};

use crate::{Actor, Domain, Result};

/// Clubs' places.
pub struct Sites<'a>(pub(crate) &'a Domain);

impl Sites<'_> {
    /// A page of the sites, by name.
    pub async fn list(&self, actor: &Actor, filter: SiteFilter) -> Result<Page<Site>> {
        let _ = (actor, filter);
        todo!()
    }

    /// One site with its player.
    pub async fn get(&self, actor: &Actor, id: SiteId) -> Result<SiteDetail> {
        let _ = (actor, id);
        todo!()
    }

    /// Creates a site.
    pub async fn create(&self, actor: &Actor, new: NewSite) -> Result<Site> {
        let _ = (actor, new);
        todo!()
    }

    /// Changes a site's facts.
    pub async fn update(&self, actor: &Actor, id: SiteId, change: NewSite) -> Result<Site> {
        let _ = (actor, id, change);
        todo!()
    }
}
