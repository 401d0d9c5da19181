//! Time in which a server listened to players.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub begins_at: DateTimeUtc,
    pub listened_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
