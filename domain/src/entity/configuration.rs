//! A published version of what a site's TV does.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "configurations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub site_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    pub document: String,
    pub comment: String,
    pub published_by: Option<Uuid>,
    pub published_by_name: String,
    pub published_at: DateTimeUtc,
    pub video_count: i32,
    pub duration_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
