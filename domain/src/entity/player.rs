//! The key of a site's screen.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "players")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub site_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: String,
    pub public_key: String,
    pub hardware: Json,
    pub state: String,
    pub accepted_at: DateTimeUtc,
    pub accepted_by: Option<Uuid>,
    pub accepted_by_name: String,
    pub is_accepted: bool,
    pub address: String,
    pub last_seen: Option<DateTimeUtc>,
    pub retired_at: Option<DateTimeUtc>,
    pub boots: Json,
    pub last_boot_id: Option<Uuid>,
    pub player_version: Option<String>,
    pub clock: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
