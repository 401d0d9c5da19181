//! A file on its way into the library.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub file_name: String,
    pub size: i64,
    pub modified_ms: Option<i64>,
    pub sha256: Option<String>,
    pub received: i64,
    pub state: String,
    pub refusal: Option<String>,
    pub video_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub multipart_id: Option<String>,
    pub parts_sha256: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
