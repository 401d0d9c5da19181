//! A signed-in browser.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub address: String,
    pub user_agent: Option<String>,
    pub step_up_at: Option<DateTimeUtc>,
    pub last_used_at: Option<DateTimeUtc>,
    pub refreshes: i32,
    pub refreshed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
