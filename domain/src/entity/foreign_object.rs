//! A file of the storage that no video names, put there by hand.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "foreign_objects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub storage_key: String,
    pub size: i64,
    pub modified_at: DateTimeUtc,
    pub first_seen_at: DateTimeUtc,
    /// The last look that saw it.
    pub seen_at: DateTimeUtc,
    pub state: String,
    /// Why it was not imported.
    pub refusal: Option<String>,
    /// The video that its bytes became, or were before.
    pub video_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
