//! A club's place with one TV.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sites")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub club: String,
    pub city: String,
    pub time_zone: String,
    pub status: String,
    pub last_seen: Option<DateTimeUtc>,
    pub is_active: bool,
    pub clone_seen_at: Option<DateTimeUtc>,
    pub screen: String,
    pub on_screen_video_id: Option<Uuid>,
    pub on_screen_position_ms: i64,
    pub published_version: Option<i32>,
    pub applied_version: Option<i32>,
    pub download_files: Option<i32>,
    pub download_files_ready: Option<i32>,
    pub download_bytes: Option<i64>,
    pub download_bytes_ready: Option<i64>,
    pub waiting_plays: Option<i64>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
