//! What instances share: one row.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub name: String,
    pub leader: Option<Uuid>,
    pub leads_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
