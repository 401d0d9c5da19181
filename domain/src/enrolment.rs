//! Enrolment: how a screen becomes a site's player.

use api::enrolment::{
    AcceptEnrolment, EnrolAnswer, EnrolPoll, EnrolRequest, EnrolStatus, PendingEnrolment,
};
use api::id::SiteId;
use api::site::Site;

use crate::{Actor, Client, Domain, Result};

/// Screens that wait to be linked.
pub struct Enrolments<'a>(pub(crate) &'a Domain);

impl Enrolments<'_> {
    /// A player shows its key and gets a code to show.
    pub async fn request(&self, request: EnrolRequest, client: &Client) -> Result<EnrolAnswer> {
        let _ = (request, client);
        todo!()
    }

    /// A player asks whether somebody accepted it.
    pub async fn poll(&self, poll: EnrolPoll) -> Result<EnrolStatus> {
        let _ = poll;
        todo!()
    }

    /// The screen behind a typed code. Wrong and expired codes get the same answer.
    pub async fn find(&self, actor: &Actor, code: &str) -> Result<PendingEnrolment> {
        let _ = (actor, code);
        todo!()
    }

    /// Links the screen behind a code to a site. A code works once.
    pub async fn accept(
        &self,
        actor: &Actor,
        site: SiteId,
        accept: AcceptEnrolment,
    ) -> Result<Site> {
        let _ = (actor, site, accept);
        todo!()
    }
}
