//! Enrolment: how a screen becomes a site's player.

mod accept;
mod claim;
mod code;
mod guesses;
mod request;
mod words;

use api::enrolment::{
    AcceptEnrolment, EnrolAnswer, EnrolPoll, EnrolRequest, EnrolStatus, PairingCode,
    PendingEnrolment,
};
use api::error::ErrorCode;
use api::event::Event;
use api::id::SiteId;
use api::permission::Permission;
use api::site::Site;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

pub(crate) use accept::{admit, dismiss};
pub(crate) use guesses::Guesses;

use crate::entity::{enrolment, site};
use crate::linked_key::{self, Linked};
use crate::player::PublicKey;
use crate::{Actor, Client, Domain, Error, Result};

/// Text of the column `state` of an enrolment that waits for an admin.
const PENDING: &str = "pending";
/// Text of the column `state` of an enrolment that was accepted.
const ACCEPTED: &str = "accepted";

/// Screens that wait to be linked.
pub struct Enrolments<'a>(pub(crate) &'a Domain);

impl Enrolments<'_> {
    /// A player shows its key and gets a code to show.
    pub async fn request(&self, request: EnrolRequest, client: &Client) -> Result<EnrolAnswer> {
        let claim = claim::verified(&request)?;
        request::enter(self.0, claim, client).await
    }

    /// A player asks whether somebody accepted it.
    pub async fn poll(&self, poll: EnrolPoll) -> Result<EnrolStatus> {
        let transaction = self.0.inner.database.read().await?;
        let hash = hash(&poll.poll_secret);
        let row = enrolment::Entity::find()
            .filter(enrolment::COLUMN.poll_secret_hash.eq(hash))
            .one(&transaction)
            .await?;
        let Some(row) = row else {
            return Ok(EnrolStatus::Expired);
        };
        match (row.state.as_str(), row.site_id) {
            (ACCEPTED, Some(id)) => {
                let site = site::Entity::find_by_id(id).one(&transaction).await?;
                Ok(
                    site.map_or(EnrolStatus::Expired, |site| EnrolStatus::Accepted {
                        site_id: SiteId(site.id),
                        site_name: site.name,
                    }),
                )
            }
            (PENDING, _) if row.expires_at > self.0.inner.clock.now() => Ok(EnrolStatus::Pending),
            _ => Ok(EnrolStatus::Expired),
        }
    }

    /// The screen behind a typed code. Wrong and expired codes get the same answer.
    pub async fn find(&self, actor: &Actor, code: &str) -> Result<PendingEnrolment> {
        actor.require(Permission::PairPlayers)?;
        let transaction = self.0.inner.database.read().await?;
        let row = self.typed(&transaction, actor, code).await?;
        let key = PublicKey::parse(&row.public_key).map(|key| key.id());
        let linked_to = linked_key::linked_to(&transaction, &key.unwrap_or_default()).await?;
        request::shown(&row, linked_to)
    }

    /// Links the screen behind a code to a site. Where the site has a screen, this one waits to
    /// be accepted in its place; else the code is used up.
    pub async fn accept(
        &self,
        actor: &Actor,
        site: SiteId,
        accept: AcceptEnrolment,
    ) -> Result<Site> {
        actor.require(Permission::PairPlayers)?;
        let transaction = self.0.inner.database.write().await?;
        let row = self.typed(&transaction, actor, &accept.code).await?;
        let place = (site, accept.move_from);
        let linked = linked_key::link(self.0, &transaction, actor, &row, place).await?;
        if linked == Linked::Screen {
            admit(&transaction, &row.public_key, site).await?;
        }
        transaction.commit().await?;
        self.0.inner.changes.refresh(&self.0.inner.database).await?;
        for site in [Some(site), accept.move_from].into_iter().flatten() {
            self.0.inner.bus.publish(Event::SiteChanged { site });
        }
        Ok(self.0.sites().get(actor, site).await?.site)
    }

    /// The enrolment that waits under a typed code; counts wrong codes.
    async fn typed(
        &self,
        transaction: &impl ConnectionTrait,
        actor: &Actor,
        typed: &str,
    ) -> Result<enrolment::Model> {
        let now = self.0.inner.clock.now();
        guesses::admit(self.0, actor).await?;
        let row = match PairingCode::parse(typed) {
            Some(code) => {
                enrolment::Entity::find()
                    .filter(enrolment::COLUMN.code.eq(code.as_str()))
                    .filter(enrolment::COLUMN.state.eq(PENDING))
                    .filter(enrolment::COLUMN.expires_at.gt(now))
                    .one(transaction)
                    .await?
            }
            None => None,
        };
        if row.is_none() {
            guesses::count(self.0, actor).await;
        }
        row.ok_or(Error::refused(ErrorCode::PairingCodeUnknown))
    }
}

/// What is kept of a secret.
fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}
