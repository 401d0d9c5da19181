//! What a waiting screen is answered.

use api::id::SiteId;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use super::{ACCEPTED, PENDING};
use crate::entity::enrolment;

/// Answers the box with this key, if it waits: it belongs to `site`. Its code is used up.
pub(crate) async fn admit(
    transaction: &impl ConnectionTrait,
    public_key: &str,
    site: SiteId,
) -> Result<(), DbErr> {
    let accepted = enrolment::ActiveModel {
        state: Set(ACCEPTED.to_owned()),
        site_id: Set(Some(site.0)),
        ..Default::default()
    };
    enrolment::Entity::update_many()
        .set(accepted)
        .filter(enrolment::COLUMN.public_key.eq(public_key))
        .filter(enrolment::COLUMN.state.eq(PENDING))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Forgets what the box with this key asked: it gets another code.
pub(crate) async fn dismiss(
    transaction: &impl ConnectionTrait,
    public_key: &str,
) -> Result<(), DbErr> {
    enrolment::Entity::delete_many()
        .filter(enrolment::COLUMN.public_key.eq(public_key))
        .exec(transaction)
        .await?;
    Ok(())
}
