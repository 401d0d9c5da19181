//! A file in the library.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "videos")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sha256: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub duration_ms: i64,
    pub width: i32,
    pub height: i32,
    pub frame_rate: f64,
    pub video_codec: String,
    pub audio_codec: Option<String>,
    pub storage_key: String,
    pub has_thumbnail: bool,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub deleted_at: Option<DateTimeUtc>,
    /// Since when its file is known not to be in the storage.
    pub missing_since: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
