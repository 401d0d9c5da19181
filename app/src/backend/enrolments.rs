//! Screens that wait to be linked.

use api::enrolment::PendingEnrolment;
use api::error::ApiError;
use api::id::SiteId;
use api::site::Site;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// The screen behind a typed code.
#[server(client = Upstream)]
pub async fn find_enrolment(code: String) -> Result<PendingEnrolment, ApiError> {
    crate::ssr::call(async |domain, actor| domain.enrolments().find(&actor, &code).await).await
}

/// Links the screen behind a code to a site and goes to the site's page.
#[server(client = Upstream)]
pub async fn link_screen(
    site: SiteId,
    code: String,
    #[server(default)] move_from: Option<SiteId>,
) -> Result<Site, ApiError> {
    use crate::ssr::{call, go_to_site};
    let accept = api::enrolment::AcceptEnrolment { code, move_from };
    let link = call(async |domain, actor| domain.enrolments().accept(&actor, site, accept).await);
    link.await.inspect(go_to_site)
}
