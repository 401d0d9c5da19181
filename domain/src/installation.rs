//! What makes several processes one product.

use sea_orm::EntityTrait;

use crate::bus::relay;
use crate::database::Database;
use crate::entity::installation;
use crate::error::{Error, Result};
use crate::redis::{Ear, Redis, RedisAddress};

/// The only row.
pub(crate) const ROW: i32 = 1;

/// The Redis that this installation shares, if one is configured, and what is said there.
pub(crate) async fn redis(
    address: Option<&RedisAddress>,
    database: &Database,
) -> Result<Option<(Redis, Ear)>> {
    let Some(address) = address else {
        return Ok(None);
    };
    let transaction = database.read().await?;
    let row = installation::Entity::find_by_id(ROW)
        .one(&transaction)
        .await?;
    let missing = || Error::Internal("the row of table installation is missing".to_owned());
    let name = row.ok_or_else(missing)?.name;
    Redis::open(address, &name, relay::CHANNEL).await.map(Some)
}
