//! A screen that asked to be linked.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub words: String,
    pub poll_secret_hash: String,
    pub public_key: String,
    pub hardware: Json,
    pub address: String,
    pub network: String,
    pub state: String,
    pub site_id: Option<Uuid>,
    pub requested_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
